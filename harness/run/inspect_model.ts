/**
 * The analysis of the paper for anybody's model and images, beside an untrained twin.
 *
 * @module
 */
import { canonicalJson, messageOf, RunError, sha256, UsageError } from "../base/mod.ts";
import type { ChosenDevice, Device } from "../device/mod.ts";
import {
  type Checkpoint,
  type Graph,
  layersToInspect,
  parameterCount,
  probeShapes,
  tokenLayers,
  untrainedTwin,
} from "../graph/mod.ts";
import type { Preprocessing } from "../images/mod.ts";
import type { InspectionResult } from "../spec/mod.ts";
import { ortEngine } from "../train/mod.ts";
import { assembleNetwork } from "./assemble.ts";
import { assembleInspection } from "./assemble_inspection.ts";
import { runStart } from "./environment.ts";
import { inspectedClasses } from "./inspected_classes.ts";
import { executePlan, type RunContext } from "./execute.ts";
import { inspectedImages } from "./inspected_images.ts";
import { type InspectedModel, inspectedModel } from "./inspected_model.ts";
import type { LoadedNetwork, NetworkSource } from "./networks.ts";
import type { PlannedGroup } from "./plan_cells.ts";
import { INSPECTED_DATA, planInspection } from "./plan_inspection.ts";
import { passes, selfTest } from "./self_test.ts";

/** Version of how twins are drawn. */
const TWIN_VERSION = 1;

/** Version of how tokens become one. */
const READINGS_VERSION = 1;

/** How a transformer's tokens become one, and how that is called. */
const READINGS = [
  { reading: "mean", title: "mean over tokens" },
  { reading: "token", title: "the token that the head reads" },
] as const;

/** Images are scaled to this share more than the crop before they are cut: 256 to 224 pixels. */
const RESIZE_RATIO = 256 / 224;

/** Of ImageNet's training images, red first; a network of one channel takes their means. */
const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;
const IMAGENET_GREY = { mean: [0.449], std: [0.226] } as const;

/** What is inspected. */
export interface InspectRequest {
  /** An ONNX file. */
  readonly model: string;
  /** Folder of the images. */
  readonly images: string;
  /** A group for each sub-folder; without it all images are one group. */
  readonly labels: "folders" | undefined;
  /** Images a group. */
  readonly samples: number | undefined;
  /** Pixels a side, where the model leaves them open. */
  readonly size: number | undefined;
  /** Of each channel, in units where white is 1; ImageNet's when absent. */
  readonly mean: readonly number[] | undefined;
  readonly std: readonly number[] | undefined;
  readonly seed: number;
  /** The command that repeats the inspection. */
  readonly command: string;
}

/**
 * Profiles the model and its twin on the images; a transformer also with its tokens in one.
 *
 * @throws {RunError} When the device fails its self-test or lacks an operation of the model, or when the
 * model or the images are not what can be inspected.
 * @throws {UsageError} When size, mean or std are missing or contradict the model.
 */
export async function inspectModel(
  request: InspectRequest,
  chosen: ChosenDevice,
  context: Omit<RunContext, "device">,
): Promise<InspectionResult> {
  const start = runStart();
  const { device } = chosen;
  const model = await inspectedModel(request.model, request.size);
  const preprocessing = preprocessingOf(request, model);
  const groups = await inspectedImages({
    folder: request.images,
    labels: request.labels,
    samples: request.samples,
    multiple: model.batch ?? 1,
    seed: request.seed,
  });
  const tests = await selfTest(device);
  if (!passes(tests)) {
    throw new RunError(`device ${device.kind} fails its self-test: no result is trusted`);
  }
  const { networks, outputs } = await sources(request, model, preprocessing, device);
  const classes = request.labels === "folders" && outputs !== undefined
    ? await inspectedClasses(request.images, groups.map(({ id }) => id), outputs)
    : undefined;
  const planned: PlannedGroup[] = [];
  for (const group of groups) {
    planned.push({ data: INSPECTED_DATA, replicate: 0, group, digest: await group.digest() });
  }
  const plan = planInspection(
    request,
    { networks, groups: planned, classes },
    device,
    await ortEngine(device),
  );
  const { cells } = await executePlan(plan, { ...context, device });
  const results = networks.map((network) =>
    assembleNetwork(
      network,
      cells.filter(({ cell }) => cell.network === network),
      networks.map(({ spec }) => spec),
    )
  );
  return assembleInspection({
    request,
    model,
    preprocessing,
    plan,
    cells,
    networks: results,
    chosen,
    selfTest: tests,
    classes,
    start,
    memoryBytes: context.memoryBytes,
  });
}

function preprocessingOf(
  { mean, std, model: file }: InspectRequest,
  { channels, height, width }: InspectedModel,
): Preprocessing {
  const usual = channels === 1 ? IMAGENET_GREY : IMAGENET;
  for (const [option, values] of [["mean", mean], ["std", std]] as const) {
    if (values && values.length !== channels) {
      throw new UsageError(
        `--${option}: found ${values.length} numbers, wanted ${channels}, one for each channel of ${file}`,
      );
    }
  }
  return {
    shortSide: Math.round(Math.min(height, width) * RESIZE_RATIO),
    crop: height,
    ...(width !== height && { across: width }),
    mean: mean ?? usual.mean,
    std: std ?? usual.std,
  };
}

/**
 * The model, its twin, and a transformer's other readings; how many scores the model gives an image, where
 * its output is a layer.
 */
async function sources(
  request: InspectRequest,
  model: InspectedModel,
  preprocessing: Preprocessing,
  device: Device,
): Promise<{ networks: NetworkSource[]; outputs: number | undefined }> {
  const { graph, channels, height, width, batch } = model;
  const inputShape = [channels, height, width];
  const id = request.model.replace(/^.*[/\\]/, "").replace(/\.onnx$/i, "");
  const shapes = await probeShapes(device, graph, inputShape).catch(
    (error: unknown) => {
      throw new RunError(
        `${request.model}: device ${device.kind} cannot run it: ${messageOf(error)}`,
      );
    },
  );
  const checkpoints = layersToInspect(graph, shapes);
  const load = (
    of: Graph,
    network: string,
    layers: readonly Checkpoint[] = checkpoints,
  ): LoadedNetwork => ({
    id: network,
    graph: of,
    input: of.inputs[0]!.name,
    inputShape,
    preprocessing,
    batch,
    checkpoints: layers,
    units: layers.map(({ tensor }, at) => {
      const shape = shapes.get(tensor) ?? shapes.get(checkpoints[at]!.tensor)!.slice(1);
      return shape.reduce((product, value) => product * value, 1);
    }),
    parameters: parameterCount(graph),
  });
  const common = { data: INSPECTED_DATA, architecture: id, preprocessing };
  const spec = (network: string) =>
    ({ kind: "onnx", id: network, inPaper: false, optional: false }) as const;
  const twinId = `${id}-untrained`;
  const twin = untrainedTwin(graph, request.seed);
  const last = checkpoints.at(-1)!.tensor;
  const [scores, ...more] = shapes.get(last)!;
  const outputs = more.length === 0 ? scores : undefined;
  const networks: NetworkSource[] = [
    {
      ...common,
      spec: spec(id),
      title: id,
      weights: "trained",
      file: request.model,
      sha256: () => model.sha256,
      note: null,
      load: () => Promise.resolve(load(graph, id)),
    },
    {
      ...common,
      spec: spec(twinId),
      title: `${id} (untrained twin)`,
      weights: "untrained",
      file: null,
      sha256: () =>
        sha256(canonicalJson({ of: model.sha256, seed: request.seed, version: TWIN_VERSION })),
      note:
        `The same graph. Weights of convolutions and dense layers drawn anew (${twin.drawn} numbers), ` +
        `normal with variance 2 / fan-in (He et al. 2015); biases 0, scales 1, initial batch ` +
        `statistics (${twin.reset} numbers); ${twin.kept} other numbers as in the file.`,
      load: () => Promise.resolve(load(twin.graph, twinId)),
    },
  ];
  for (const { reading, title } of READINGS) {
    const found = tokenLayers(graph, checkpoints, shapes, reading);
    if (!found) continue;
    networks.push({
      ...common,
      spec: spec(`${id}-${reading}`),
      title: `${id} (${title})`,
      weights: "trained",
      file: request.model,
      sha256: () => sha256(canonicalJson({ of: model.sha256, reading, version: READINGS_VERSION })),
      note: `The same network. Layers of tokens as ${title}, in place of all tokens side by side.`,
      load: () => Promise.resolve(load(found.graph, `${id}-${reading}`, found.checkpoints)),
    });
  }
  return { networks, outputs };
}
