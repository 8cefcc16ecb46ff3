/**
 * Every layer of a network, where the few that the paper's figures show would place a peak too coarsely.
 *
 * @module
 */
import type { Checkpoint } from "./checkpoints.ts";
import type { Graph } from "./graph.ts";
import { endOfLayer, structureOf } from "./structure.ts";

const CONVOLUTIONS = new Set(["Conv", "ConvTranspose"]);

/**
 * The input and, with its activation, each convolution, residual block and dense layer; a residual
 * network's last pooling too, which the paper counts as a layer. Other poolings belong to no layer:
 * their depth is that of the convolution before.
 */
export function everyLayerOf(graph: Graph): Checkpoint[] {
  const { cuts, dense, finalPooling, depths } = structureOf(graph);
  const input = graph.inputs[0]!.name;
  const checkpoints: Checkpoint[] = [{ name: "input", tensor: input, depth: 0 }];
  const counts = new Map<string, number>();
  for (const cut of cuts) {
    const depth = depths.get(cut.tensor)!;
    if (depth === checkpoints.at(-1)!.depth) continue;
    const kind = dense.includes(cut) ? "fc" : CONVOLUTIONS.has(cut.node.op) ? "conv" : "block";
    const count = (counts.get(kind) ?? 0) + 1;
    const name = cut === finalPooling ? "avgpool" : `${kind}${count}`;
    if (cut !== finalPooling) counts.set(kind, count);
    checkpoints.push({ name, tensor: endOfLayer(cuts, cut), depth });
  }
  return checkpoints;
}
