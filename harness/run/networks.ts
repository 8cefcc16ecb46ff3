/**
 * From the networks that an experiment names to graphs that can be profiled.
 *
 * @module
 */
import { type ModelEntry, readModelFile, readModels } from "../../datasets/mod.ts";
import { canonicalJson, RunError, sha256 } from "../base/mod.ts";
import type { Device } from "../device/mod.ts";
import {
  type Checkpoint,
  checkpointsOf,
  externalDataOf,
  type Graph,
  namedCheckpoints,
  parameterCount,
  probeShapes,
  readGraph,
} from "../graph/mod.ts";
import type { Preprocessing } from "../images/mod.ts";
import { buildNetwork, NETS_VERSION } from "../nets/mod.ts";
import type {
  DataSpec,
  NetworkSpec,
  TrainedNetworkSpec,
  UntrainedNetworkSpec,
} from "../spec/mod.ts";

/** Images are scaled to this share more than the crop before they are cut: 256 to 224 pixels. */
const RESIZE_RATIO = 256 / 224;

/** A network that can be loaded. Everything that names it is known before. */
export interface NetworkSource {
  readonly spec: NetworkSpec;
  readonly architecture: string;
  readonly title: string;
  readonly weights: "trained" | "untrained";
  readonly file: string | null;
  /** Identity of the weights: of the file, or of the recipe. */
  readonly sha256: string;
  readonly preprocessing: Preprocessing;
  readonly note: string | null;
  load(device: Device): Promise<LoadedNetwork>;
}

/** A network in memory. */
export interface LoadedNetwork {
  readonly id: string;
  readonly graph: Graph;
  /** Name of the input tensor. */
  readonly input: string;
  /** Channels, height, width. */
  readonly inputShape: readonly number[];
  readonly preprocessing: Preprocessing;
  /** The only batch that the graph takes; null when it takes any. */
  readonly batch: number | null;
  readonly checkpoints: readonly Checkpoint[];
  /** Elements an image at each checkpoint. */
  readonly units: readonly number[];
  readonly parameters: number;
}

/** A network that the experiment names and the data root lacks. */
export interface MissingNetwork {
  readonly id: string;
  readonly why: string;
  readonly fetch: string;
}

/**
 * Finds the networks of a profile.
 *
 * @throws {RunError} When no network at all is there.
 */
export async function findNetworks(
  specs: readonly NetworkSpec[],
  data: DataSpec,
  dataRoot: string,
  seed: number,
): Promise<{ networks: NetworkSource[]; missing: MissingNetwork[] }> {
  const needsFiles = specs.some(({ kind }) => kind === "onnx");
  const entries = new Map(
    needsFiles ? (await readModels(dataRoot)).map((entry) => [entry.id, entry]) : [],
  );
  const networks: NetworkSource[] = [];
  const missing: MissingNetwork[] = [];
  for (const spec of specs) {
    if (spec.kind === "untrained") {
      networks.push(untrained(spec, data, seed));
      continue;
    }
    const entry = entries.get(spec.id);
    if (entry) {
      networks.push(trained(spec, entry, data));
    } else if (!spec.optional) {
      missing.push({
        id: spec.id,
        why: `not in ${dataRoot}/models/models.json`,
        fetch: spec.fetch ?? spec.note ?? "",
      });
    }
  }
  return { networks, missing };
}

function trained(spec: TrainedNetworkSpec, entry: ModelEntry, data: DataSpec): NetworkSource {
  const [batch, channels, height, width] = entry.input.shape;
  const shape = [channels, height, width].map((size) => {
    if (typeof size === "number") return size;
    throw new RunError(
      `${entry.path}: input shape [${entry.input.shape}], wanted fixed image sizes`,
    );
  });
  const preprocessing = data.preprocessing ?? {
    shortSide: Math.round(shape[1]! * RESIZE_RATIO),
    crop: shape[1]!,
    colourOrder: entry.input.colour_order,
    mean: entry.input.mean,
    std: entry.input.std,
  };
  return {
    spec,
    architecture: spec.architecture ?? entry.architecture,
    title: spec.id,
    weights: "trained",
    file: entry.file,
    sha256: entry.sha256,
    preprocessing,
    note: [spec.note, entry.notes].filter(Boolean).join(". ") || null,
    async load(device) {
      const bytes = await readModelFile(entry);
      const graph = readGraph(bytes, entry.path, externalDataOf(entry.path));
      const listed = entry.checkpoints.length > 0 ? entry.checkpoints : undefined;
      const fixed = typeof batch === "number" ? batch : null;
      return { ...await prepare(spec, graph, shape, preprocessing, device, listed), batch: fixed };
    },
  };
}

function untrained(spec: UntrainedNetworkSpec, data: DataSpec, seed: number): NetworkSource {
  const { architecture, classes, inputSize, inputChannels, width } = spec;
  const options = { classes, inputSize, inputChannels, width, seed };
  const preprocessing = data.preprocessing ?? {
    shortSide: Math.round(inputSize * RESIZE_RATIO),
    crop: inputSize,
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
  };
  return {
    spec,
    architecture,
    title: `${spec.id}${spec.id.includes("untrained") ? "" : " (untrained)"}`,
    weights: "untrained",
    file: null,
    sha256: sha256(canonicalJson({ architecture, ...options, version: NETS_VERSION })),
    preprocessing,
    note: spec.note ?? null,
    load: (device) =>
      prepare(
        spec,
        buildNetwork(architecture, options),
        [inputChannels, inputSize, inputSize],
        preprocessing,
        device,
        undefined,
      ),
  };
}

/** Finds checkpoints and units by running one image. */
async function prepare(
  spec: NetworkSpec,
  graph: Graph,
  inputShape: readonly number[],
  preprocessing: Preprocessing,
  device: Device,
  listed: readonly Checkpoint[] | undefined,
): Promise<LoadedNetwork> {
  const shapes = await probeShapes(device, graph, inputShape);
  const byHand = spec.kind === "onnx" ? spec.layers : undefined;
  const checkpoints = byHand
    ? namedCheckpoints(graph, byHand)
    : (listed ?? checkpointsOf(graph, shapes)).map(({ name, tensor, depth }) => ({
      name,
      tensor,
      depth,
    }));
  const units = checkpoints.map(({ tensor }) => {
    const shape = shapes.get(tensor);
    if (!shape) namedCheckpoints(graph, [tensor]);
    return shape!.reduce((product, size) => product * size, 1);
  });
  return {
    id: spec.id,
    graph,
    input: graph.inputs[0]!.name,
    inputShape,
    preprocessing,
    batch: null,
    checkpoints,
    units,
    parameters: parameterCount(graph),
  };
}
