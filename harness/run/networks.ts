/**
 * From the networks that an experiment names to graphs that can be profiled.
 *
 * @module
 */
import { type ModelEntry, readModelFile, readModels } from "../../datasets/mod.ts";
import { canonicalJson, RunError, sha256 } from "../base/mod.ts";
import type { Device, FloatTensor } from "../device/mod.ts";
import {
  type Checkpoint,
  checkpointsOf,
  everyLayerOf,
  externalDataOf,
  type Graph,
  namedCheckpoints,
  parameterCount,
  probeShapes,
  readGraph,
} from "../graph/mod.ts";
import type { Preprocessing } from "../images/mod.ts";
import { buildNetwork, calibrateBatchNorm, layersOf, NETS_VERSION } from "../nets/mod.ts";
import type {
  DataSpec,
  NetworkSpec,
  OnnxNetworkSpec,
  Profile,
  TrainedNetworkSpec,
  UntrainedNetworkSpec,
} from "../spec/mod.ts";
import { withWeights } from "../train/mod.ts";
import type { StoredTraining } from "./training_cell.ts";

/** Images are scaled to this share more than the crop before they are cut: 256 to 224 pixels. */
const RESIZE_RATIO = 256 / 224;

/** A network that can be loaded. Everything that names it is known before. */
export interface NetworkSource {
  readonly spec: NetworkSpec;
  /** Name of its data set in the profile. */
  readonly data: string;
  readonly architecture: string;
  readonly title: string;
  readonly weights: "trained" | "untrained";
  readonly file: string | null;
  readonly preprocessing: Preprocessing;
  readonly note: string | null;
  /** Identity of the weights: of the file, or of the recipe. */
  sha256(replicate: number): string;
  load(context: LoadContext, replicate: number): Promise<LoadedNetwork>;
}

/** What loading a network may need. */
export interface LoadContext {
  readonly device: Device;
  /** The finished training run that a network takes its weights from. */
  trainingOf(network: string, replicate: number): Pick<StoredTraining, "weights">;
  /** Images that batch normalisation is calibrated on: so many batches of so many. */
  calibrationBatches(data: string, replicate: number): AsyncIterable<FloatTensor>;
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

/** What finding networks needs to know of the run. */
export interface NetworkSearch {
  readonly profile: Profile;
  readonly dataRoot: string;
  readonly seed: number;
  /** Identity of the training run of a network. */
  trainingKey(network: string, replicate: number): string;
}

/**
 * Finds the networks of a profile.
 *
 * @throws {RunError} When the list of networks is needed and is not there.
 */
export async function findNetworks(
  specs: readonly NetworkSpec[],
  search: NetworkSearch,
): Promise<{ networks: NetworkSource[]; missing: MissingNetwork[] }> {
  const { profile, dataRoot } = search;
  const needsFiles = specs.some(({ kind }) => kind === "onnx");
  const entries = new Map(
    needsFiles ? (await readModels(dataRoot)).map((entry) => [entry.id, entry]) : [],
  );
  const networks: NetworkSource[] = [];
  const missing: MissingNetwork[] = [];
  for (const spec of specs) {
    const data = dataNameOf(spec, profile);
    if (spec.kind !== "onnx") {
      networks.push(built(spec, data, search));
      continue;
    }
    const entry = entries.get(spec.model ?? spec.id);
    if (entry) {
      networks.push(fromFile(spec, entry, data, profile.data[data]!));
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

/** The data set of a network: the one it names, or the profile's first. */
export function dataNameOf(spec: NetworkSpec, profile: Profile): string {
  return spec.data ?? Object.keys(profile.data)[0]!;
}

function fromFile(
  spec: OnnxNetworkSpec,
  entry: ModelEntry,
  data: string,
  set: DataSpec,
): NetworkSource {
  const [batch, channels, height, width] = entry.input.shape;
  const shape = [channels, height, width].map((size) => {
    if (typeof size === "number") return size;
    throw new RunError(
      `${entry.path}: input shape [${entry.input.shape}], wanted fixed image sizes`,
    );
  });
  const preprocessing = set.preprocessing ?? {
    shortSide: Math.round(shape[1]! * RESIZE_RATIO),
    crop: shape[1]!,
    colourOrder: entry.input.colour_order,
    mean: entry.input.mean,
    std: entry.input.std,
  };
  return {
    spec,
    data,
    architecture: spec.architecture ?? entry.architecture,
    title: spec.id,
    weights: "trained",
    file: entry.file,
    sha256: () => entry.sha256,
    preprocessing,
    note: [spec.note, entry.notes].filter(Boolean).join(". ") || null,
    async load({ device }) {
      const bytes = await readModelFile(entry);
      const graph = readGraph(bytes, entry.path, externalDataOf(entry.path));
      const listed = entry.checkpoints.length > 0 ? entry.checkpoints : undefined;
      const fixed = typeof batch === "number" ? batch : null;
      return { ...await prepare(spec, graph, shape, preprocessing, device, listed), batch: fixed };
    },
  };
}

/** A network of our own builders, with random or trained weights. */
function built(
  spec: UntrainedNetworkSpec | TrainedNetworkSpec,
  data: string,
  { profile, seed, trainingKey }: NetworkSearch,
): NetworkSource {
  const { id, architecture, classes, inputSize, inputChannels, width } = spec;
  const preprocessing = profile.data[data]!.preprocessing ?? {
    shortSide: Math.round(inputSize * RESIZE_RATIO),
    crop: inputSize,
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
  };
  const options = (replicate: number) => ({
    classes,
    inputSize,
    inputChannels,
    width,
    seed: seed + replicate,
  });
  const graphOf = async (context: LoadContext, replicate: number): Promise<Graph> => {
    const graph = buildNetwork(architecture, options(replicate));
    if (spec.kind === "trained") {
      return withWeights(graph, context.trainingOf(id, replicate).weights(spec.after));
    }
    return spec.statistics === "initial" ? graph : await calibrateBatchNorm(
      graph,
      context.device,
      context.calibrationBatches(data, replicate),
    );
  };
  const isTrained = spec.kind === "trained" && spec.after?.count !== 0;
  const said = id.includes("untrained") || id.includes("calibrated");
  return {
    spec,
    data,
    architecture,
    title: isTrained || said ? id : `${id} (untrained)`,
    weights: isTrained ? "trained" : "untrained",
    file: null,
    sha256: (replicate) =>
      sha256(canonicalJson({
        architecture,
        ...options(replicate),
        version: NETS_VERSION,
        ...(spec.kind === "trained"
          ? { training: trainingKey(id, replicate), after: spec.after ?? null }
          : { statistics: spec.statistics }),
      })),
    preprocessing,
    note: spec.note ?? null,
    load: async (context, replicate) =>
      prepare(
        spec,
        await graphOf(context, replicate),
        [inputChannels, inputSize, inputSize],
        preprocessing,
        context.device,
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
  const byHand = spec.kind === "onnx"
    ? spec.layers?.map((tensor) => ({ name: tensor, tensor }))
    : layersOf(spec.architecture);
  const checkpoints = spec.kind !== "onnx" && spec.layers === "every"
    ? everyLayerOf(graph)
    : byHand
    ? namedCheckpoints(graph, byHand.map(({ tensor }) => tensor))
      .map(({ tensor, depth }, at) => ({ name: byHand[at]!.name, tensor, depth }))
    : (listed ?? checkpointsOf(graph, shapes)).map(({ name, tensor, depth }) => ({
      name,
      tensor,
      depth,
    }));
  const units = checkpoints.map(({ name, tensor }) => {
    const shape = shapes.get(tensor);
    if (shape) return shape.reduce((product, size) => product * size, 1);
    throw new RunError(
      `Cannot profile ${spec.id}: the checkpoint layer "${name}" is "${tensor}", which is not a ` +
        "float32 value that depends on the image",
    );
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
