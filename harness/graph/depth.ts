/**
 * Depth of a tensor: how many layers with weights an image has passed.
 *
 * @module
 */
import type { Graph, GraphNode } from "./graph.ts";
import { usedBy } from "./topology.ts";

/** Values that depend on the input. */
interface Derived {
  has(value: string): boolean;
}

/** Whether a node is a convolution or the product of a value with a weight matrix. */
export function isWeightLayer(node: GraphNode, derived: Derived): boolean {
  return node.op === "Conv" || node.op === "ConvTranspose" || isDense(node, derived);
}

/** Whether a node is a product with a matrix that does not depend on the input. */
export function isDense({ op, inputs }: GraphNode, derived: Derived): boolean {
  if (op !== "Gemm" && op !== "MatMul") return false;
  return !inputs.slice(0, 2).every((input) => derived.has(input));
}

/**
 * For each value that depends on the input, the number of convolutions and of products with weights on
 * the longest path from the input. The 1x1 convolution in the shortcut of a residual block is never on
 * the longest path, so it does not count, as in the paper (Ansuini et al. 2019, getResNetsDepths of
 * the authors' code).
 *
 * @param oneMore A node that counts one more than it has layers.
 */
export function depthsOf(graph: Graph, oneMore?: GraphNode): Map<string, number> {
  const depths = new Map<string, number>();
  for (const { name } of graph.inputs) depths.set(name, 0);
  for (const node of graph.nodes) {
    let before = -1;
    for (const value of usedBy(node)) before = Math.max(before, depths.get(value) ?? -1);
    if (before < 0) continue;
    const depth = before + (isWeightLayer(node, depths) ? 1 : 0) + (node === oneMore ? 1 : 0);
    for (const output of node.outputs.filter(Boolean)) depths.set(output, depth);
  }
  return depths;
}
