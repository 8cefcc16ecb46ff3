/**
 * The convolutional part of a network: what ProtoPNet (Chen et al. 2019, section 2.1) puts its
 * prototypes on.
 *
 * @module
 */
import { RunError, UsageError } from "../base/mod.ts";
import { type Cut, cutsOf } from "../graph/cuts.ts";
import { inferShapes } from "../graph/gradient/mod.ts";
import { type Graph, type GraphNode, tap } from "../graph/mod.ts";
import { INPUT, type NetOptions } from "./architecture.ts";
import { buildConvolutions } from "./by_name.ts";
import { reduceLess } from "./reduce_less.ts";
import { isWindowed, windowOf } from "./windows_of.ts";

/** A network up to its last convolutional map. */
export interface Backbone {
  /** Input `images` [N, C, H, W]; its only output is the map [N, channels, height, width]. */
  readonly graph: Graph;
  /** The value that is the map. */
  readonly features: string;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Of the images. */
  readonly image: { readonly channels: number; readonly height: number; readonly width: number };
}

/** How a backbone is cut. */
export interface BackboneOptions {
  /**
   * Pixels between neighbouring cells of the map: a stride that the network has on its way. The last
   * reductions keep the size then (see `reduceLess`). The network's own when absent.
   */
  readonly stride?: number;
  /**
   * How often the image may shrink: the network ends before the next reduction, and cells of the map see
   * less of the image. All of the network's own when absent.
   */
  readonly reductions?: number;
}

/** Operations after which a map has no rows and columns any more. */
const ENDS = new Set([
  ...["GlobalAveragePool", "GlobalMaxPool", "ReduceMean", "ReduceMax"],
  ...["Flatten", "Reshape", "Squeeze", "Gemm", "MatMul"],
]);

/**
 * Builds a backbone with random weights: VGG up to and with its last max pooling, ResNet and DenseNet
 * without average pooling and classifier.
 *
 * @throws {UsageError} When no architecture has that name, the stride is none of the network's, or it has
 * fewer reductions.
 */
export function buildBackbone(
  architecture: string,
  options: Omit<NetOptions, "classes" | "dropout"> & BackboneOptions,
): Backbone {
  const { stride, reductions, ...sizes } = options;
  const { inputChannels, inputSize } = options;
  const image = { channels: inputChannels, height: inputSize, width: inputSize };
  const network = buildConvolutions(architecture, { ...sizes, classes: 1 });
  return backboneOf(network, image, {
    ...(stride !== undefined && { stride }),
    ...(reductions !== undefined && { reductions }),
  });
}

/**
 * The backbone of any network, from this program or a file: everything before the first operation that
 * gives up rows and columns, without an average pooling at its end.
 *
 * @param image Size of the images.
 * @throws {RunError} When the network does not take one batch of images or has no map.
 * @throws {UsageError} When the stride is none of the network's, or it has fewer reductions.
 */
export function backboneOf(
  network: Graph,
  image: Backbone["image"],
  { stride, reductions }: BackboneOptions = {},
): Backbone {
  const [input, ...others] = network.inputs;
  if (!input || others.length > 0) {
    const found = network.inputs.map(({ name }) => `"${name}"`).join(", ") || "none";
    throw new RunError(`${network.name}: found the inputs ${found}, wanted one that takes images`);
  }
  const cut = tap(network, [mapOf(network, reductions)]);
  const renamed = withInput(cut, input.name, image);
  const graph = stride === undefined ? renamed : reduceLess(renamed, stride);
  const features = graph.outputs[0]!.name;
  const shapes = inferShapes(
    graph,
    new Map([[INPUT, [1, image.channels, image.height, image.width]]]),
  );
  const [, channels, height, width] = shapes.get(features)!;
  return { graph, features, channels: channels!, height: height!, width: width!, image };
}

/** The last value on the way that everything flows through and that has rows and columns. */
function mapOf(network: Graph, reductions: number | undefined): string {
  const cuts = cutsOf(network);
  const end = cuts.findIndex(({ block }) => block.some(({ op }) => ENDS.has(op)));
  let count = end < 0 ? cuts.length : end;
  if (end >= 0 && cuts[count - 1]?.node.op === "AveragePool") count--;
  const maps = cuts.slice(0, count);
  const map = reductions === undefined ? maps.at(-1) : lastBefore(maps, network, reductions);
  if (map) return map.tensor;
  throw new RunError(`${network.name}: found no convolutional map, wanted one to cut at`);
}

/** The last cut before one reduction too many. */
function lastBefore(maps: readonly Cut[], network: Graph, reductions: number): Cut | undefined {
  const reduces = (node: GraphNode) => isWindowed(node) && windowOf(node, network).stride > 1;
  const places = [...maps.keys()].filter((at) => maps[at]!.block.some(reduces));
  if (places.length < reductions) {
    throw new UsageError(
      `reductions: found ${reductions}, wanted at most the ${places.length} of ${network.name}`,
    );
  }
  return maps[(places[reductions] ?? maps.length) - 1];
}

/** The graph with its input under the name of ours and a free batch. */
function withInput(graph: Graph, name: string, image: Backbone["image"]): Graph {
  const rename = (node: GraphNode): GraphNode => ({
    ...node,
    inputs: node.inputs.map((value) => value === name ? INPUT : value),
  });
  const shape = ["N", image.channels, image.height, image.width];
  return {
    ...graph,
    opsets: new Map([...graph.opsets, ["", Math.max(OPSET, graph.opsets.get("") ?? 0)]]),
    inputs: [{ name: INPUT, type: "float32", shape }],
    nodes: name === INPUT ? graph.nodes : graph.nodes.map(rename),
  };
}

/** The operator set of what is put on a backbone. */
const OPSET = 17;
