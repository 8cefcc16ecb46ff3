/**
 * The layers at which a network is profiled, and their depth.
 *
 * @module
 */
import { didYouMean, RunError } from "../base/mod.ts";
import { type Cut, mainOutput } from "./cuts.ts";
import type { Graph, GraphNode } from "./graph.ts";
import { layerTensors } from "./layer_tensors.ts";
import { endOfLayer, POOLINGS, type Structure, structureOf } from "./structure.ts";

/** A layer to profile. */
export interface Checkpoint {
  readonly name: string;
  /** Name of the tensor in the graph; the graph's input for the pixels. */
  readonly tensor: string;
  readonly depth: number;
}

/** Shape of each tensor, without the batch. */
export type Shapes = ReadonlyMap<string, readonly number[]>;

/** Operations that arrange the same numbers differently. */
const REARRANGES = new Set([
  ...["Flatten", "Reshape", "Squeeze", "Unsqueeze", "Transpose", "Identity", "Dropout"],
]);

/** Operations after the last layer that make probabilities of it; the paper stops before them. */
const PROBABILITIES = new Set(["Softmax", "LogSoftmax"]);

/**
 * Checkpoints by rule. AlexNet, VGG and ResNet, recognised by their structure, follow the paper's own
 * choice (Ansuini et al. 2019; getDepths and getResNetsDepths of the authors' code); any other graph
 * gives the input, the first layer after each change of the spatial size, global pooling, each dense
 * layer and the output. Normalisation and activation belong to the layer before them.
 */
export function checkpointsOf(graph: Graph, shapes: Shapes): Checkpoint[] {
  const structure = structureOf(graph);
  const input = { name: "input", tensor: graph.inputs[0]!.name };
  const layers = {
    sequential: sequentialLayers,
    residual: residualLayers,
    other: otherLayers,
  }[structure.kind](structure, shapes, graph);
  return [input, ...layers].map((layer) => ({
    ...layer,
    depth: structure.depths.get(layer.tensor)!,
  }));
}

/**
 * Checkpoints at tensors named by hand, with the depths that the rule gives to the same tensors.
 *
 * @throws {RunError} When the graph makes no float32 tensor of that name; names the nearest one.
 */
export function namedCheckpoints(graph: Graph, tensors: readonly string[]): Checkpoint[] {
  const { depths } = structureOf(graph);
  const known = new Set([...graph.inputs.map(({ name }) => name), ...layerTensors(graph)]);
  return tensors.map((tensor) => {
    if (!known.has(tensor)) {
      throw new RunError(
        `${graph.name}: no layer makes a tensor "${tensor}"${didYouMean(tensor, known)}`,
      );
    }
    return { name: tensor, tensor, depth: depths.get(tensor)! };
  });
}

type Layer = Omit<Checkpoint, "depth">;

/** AlexNet and VGG: every max pooling, every dense layer after its activation. */
function sequentialLayers({ cuts, pools, dense }: Structure): Layer[] {
  return cuts.flatMap((cut) => {
    const tensor = endOfLayer(cuts, cut);
    if (pools.includes(cut)) return [{ name: `pool${pools.indexOf(cut) + 1}`, tensor }];
    if (dense.includes(cut)) return [{ name: `fc${dense.indexOf(cut) + 1}`, tensor }];
    return [];
  });
}

/** ResNet: the max pooling, the end of each stage, average pooling and the dense layer. */
function residualLayers(structure: Structure, shapes: Shapes): Layer[] {
  const { cuts, pools, dense, blocks, finalPooling } = structure;
  const ends = blocks.map((block) => endOfLayer(cuts, block));
  const stages = ends.filter((end, at) => !sameShape(shapes, end, ends[at + 1]));
  return [
    { name: "maxpool", tensor: pools[0]!.tensor },
    ...stages.map((tensor, at) => ({ name: `layer${at + 1}`, tensor })),
    { name: "avgpool", tensor: finalPooling!.tensor },
    { name: "fc", tensor: endOfLayer(cuts, dense[0]!) },
  ];
}

function otherLayers({ cuts, dense }: Structure, shapes: Shapes, graph: Graph): Layer[] {
  const found: string[] = [];
  let size = spatialSize(shapes.get(graph.inputs[0]!.name));
  for (const cut of cuts) {
    // Padding belongs to the convolution or pooling after it.
    if (cut.node.op === "Pad") continue;
    const here = spatialSize(shapes.get(cut.tensor));
    const resized = here !== "" && here !== size;
    if (resized) size = here;
    if (REARRANGES.has(cut.node.op)) continue;
    if (resized || dense.includes(cut) || poolsAway(cut.node, shapes)) {
      found.push(endOfLayer(cuts, cut));
    }
  }
  if (!leadsOnlyToOutput(cuts, found.at(-1))) found.push(mainOutput(graph));
  return [...new Set(found)].filter((tensor) => shapes.has(tensor))
    .map((tensor) => ({ name: tensor, tensor }));
}

/** Whether the rest of the way only rearranges a layer or makes probabilities of it. */
function leadsOnlyToOutput(cuts: readonly Cut[], tensor: string | undefined): boolean {
  const at = cuts.findIndex((cut) => cut.tensor === tensor);
  const rest = cuts.slice(at + 1).flatMap(({ block }) => block);
  return at >= 0 && rest.every(({ op }) => REARRANGES.has(op) || PROBABILITIES.has(op));
}

/** Whether a node pools away all dimensions but one. */
function poolsAway({ op, inputs, outputs }: GraphNode, shapes: Shapes): boolean {
  return POOLINGS.has(op) && shapes.get(outputs[0]!)?.length === 1 &&
    (shapes.get(inputs[0]!)?.length ?? 0) > 1;
}

function sameShape(shapes: Shapes, a: string, b: string | undefined): boolean {
  return b !== undefined && String(shapes.get(a)) === String(shapes.get(b));
}

/** Height and width of [channels, height, width] as text; empty for tensors without such. */
function spatialSize(shape: readonly number[] | undefined): string {
  return shape && shape.length > 2 ? shape.slice(1).join("x") : "";
}
