/**
 * The layers at which a network is profiled, and their depth.
 *
 * @module
 */
import { didYouMean, RunError } from "../base/mod.ts";
import { type Cut, cutsOf } from "./cuts.ts";
import { depthsOf, isWeightLayer } from "./depth.ts";
import type { Graph, GraphNode } from "./graph.ts";

/** A layer to profile. */
export interface Checkpoint {
  readonly name: string;
  /** Name of the tensor in the graph; the graph's input for the pixels. */
  readonly tensor: string;
  readonly depth: number;
}

/** Shape of each tensor, without the batch. */
export type Shapes = ReadonlyMap<string, readonly number[]>;

/** Operations that follow a layer and belong to it. */
const ACTIVATIONS = new Set(["Relu", "LeakyRelu", "Clip", "Sigmoid", "Tanh", "Elu", "Selu"]);

/** Operations that change the shape and nothing else. */
const RESHAPES = new Set(["Flatten", "Reshape", "Squeeze", "Identity"]);

/**
 * Checkpoints by rule. AlexNet, VGG and ResNet, recognised by their structure, follow the paper's own
 * choice (Ansuini et al. 2019; getDepths and getResNetsDepths of the authors' code); any other graph
 * gives the input, the first layer after each change of the spatial size, global pooling and each
 * dense layer. Activations belong to the layer before them.
 */
export function checkpointsOf(graph: Graph, shapes: Shapes): Checkpoint[] {
  const cuts = cutsOf(graph);
  const joins = new Set(graph.nodes.filter(isJoin(graph)).map(({ op }) => op));
  const pools = cuts.filter(({ node }) => node.op === "MaxPool");
  const dense = cuts.filter(({ node }) => isDense(node, graph));
  if (joins.size === 0 && pools.length >= 2 && dense.length >= 2) {
    return sequentialCheckpoints(graph, cuts);
  }
  if (joins.size === 1 && joins.has("Add") && pools.length === 1 && dense.length === 1) {
    return residualCheckpoints(graph, cuts, shapes);
  }
  return generalCheckpoints(graph, cuts, shapes);
}

/**
 * Checkpoints at tensors named by hand.
 *
 * @throws {RunError} When the graph has no tensor of that name; names the nearest one.
 */
export function namedCheckpoints(graph: Graph, tensors: readonly string[]): Checkpoint[] {
  const depths = depthsOf(graph);
  return tensors.map((tensor) => {
    const depth = depths.get(tensor);
    if (depth === undefined) {
      throw new RunError(
        `${graph.name}: no layer makes a tensor "${tensor}"${didYouMean(tensor, depths.keys())}`,
      );
    }
    return { name: tensor, tensor, depth };
  });
}

/**
 * AlexNet and VGG: the input, every max pooling at the number of convolutions so far, every dense layer
 * after its activation. Dense layers count one more than they should, a gap that the figure has too.
 */
function sequentialCheckpoints(graph: Graph, cuts: readonly Cut[]): Checkpoint[] {
  const depths = depthsOf(graph);
  const layers = [inputCheckpoint(graph)];
  let pools = 0;
  let dense = 0;
  for (const [at, { tensor, node }] of cuts.entries()) {
    if (node.op === "MaxPool") {
      layers.push({ name: `pool${++pools}`, tensor, depth: depths.get(tensor)! });
    } else if (isDense(node, graph)) {
      const depth = depths.get(tensor)! + 1;
      layers.push({ name: `fc${++dense}`, tensor: afterActivation(cuts, at), depth });
    }
  }
  return layers;
}

/** ResNet: the input, the max pooling, the end of each stage, average pooling and the dense layer. */
function residualCheckpoints(graph: Graph, cuts: readonly Cut[], shapes: Shapes): Checkpoint[] {
  const depths = depthsOf(graph);
  const layers = [inputCheckpoint(graph)];
  let stage = 0;
  let lastBlock: Checkpoint | undefined;
  for (const [at, { tensor, node }] of cuts.entries()) {
    if (node.op === "Add") {
      const block = afterActivation(cuts, at);
      if (lastBlock && !sameShape(shapes, lastBlock.tensor, block)) layers.push(lastBlock);
      if (!lastBlock || !sameShape(shapes, lastBlock.tensor, block)) stage++;
      lastBlock = { name: `layer${stage}`, tensor: block, depth: depths.get(block)! };
    } else if (node.op === "MaxPool") {
      layers.push({ name: "maxpool", tensor, depth: depths.get(tensor)! });
    } else if (isGlobalPool(node, shapes)) {
      layers.push(lastBlock!, { name: "avgpool", tensor, depth: depths.get(tensor)! + 1 });
    } else if (isDense(node, graph)) {
      layers.push({ name: "fc", tensor, depth: depths.get(tensor)! + 1 });
    }
  }
  return layers;
}

function generalCheckpoints(graph: Graph, cuts: readonly Cut[], shapes: Shapes): Checkpoint[] {
  const depths = depthsOf(graph);
  const layers = [inputCheckpoint(graph)];
  let size = spatialSize(shapes.get(layers[0]!.tensor));
  for (const [at, { tensor, node }] of cuts.entries()) {
    const here = spatialSize(shapes.get(tensor));
    const resized = here !== "" && here !== size;
    if (!resized && !isDense(node, graph)) continue;
    if (resized) size = here;
    const layer = afterActivation(cuts, at);
    layers.push({ name: layer, tensor: layer, depth: depths.get(layer)! });
  }
  const output = graph.outputs[0]!.name;
  const maker = cuts.at(-1)!.node;
  const last = layers.at(-1)!.tensor;
  const isSame = last === output || (RESHAPES.has(maker.op) && maker.inputs[0] === last);
  if (!isSame) layers.push({ name: output, tensor: output, depth: depths.get(output)! });
  return layers;
}

function inputCheckpoint(graph: Graph): Checkpoint {
  return { name: "input", tensor: graph.inputs[0]!.name, depth: 0 };
}

/** The cut's own tensor, or the one after the normalisation and activation that directly follow. */
function afterActivation(cuts: readonly Cut[], at: number): string {
  let layer = cuts[at]!;
  for (const next of cuts.slice(at + 1)) {
    if (next.node.inputs[0] !== layer.tensor) break;
    if (next.node.op !== "BatchNormalization" && !ACTIVATIONS.has(next.node.op)) break;
    layer = next;
  }
  return layer.tensor;
}

function isDense(node: GraphNode, graph: Graph): boolean {
  return (node.op === "Gemm" || node.op === "MatMul") && isWeightLayer(node, graph.initializers);
}

function isJoin(graph: Graph) {
  const depths = depthsOf(graph);
  return (node: GraphNode) => node.inputs.filter((input) => depths.has(input)).length > 1;
}

function isGlobalPool(node: GraphNode, shapes: Shapes): boolean {
  if (node.op === "GlobalAveragePool") return true;
  const pooled = node.op === "AveragePool" || node.op === "ReduceMean";
  return pooled && (shapes.get(node.outputs[0]!) ?? []).slice(1).every((size) => size === 1);
}

function sameShape(shapes: Shapes, a: string, b: string): boolean {
  return String(shapes.get(a)) === String(shapes.get(b));
}

/** Height and width of [channels, height, width] as text; empty for tensors of another rank. */
function spatialSize(shape: readonly number[] | undefined): string {
  return shape?.length === 3 ? `${shape[1]}x${shape[2]}` : "";
}
