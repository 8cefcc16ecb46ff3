/**
 * Depth of a tensor: how many layers with weights an image has passed.
 *
 * @module
 */
import type { Graph, GraphNode, Tensor } from "./graph.ts";

/** Whether a node is a convolution or a product with a weight matrix. */
export function isWeightLayer(
  node: GraphNode,
  initializers: ReadonlyMap<string, Tensor>,
): boolean {
  switch (node.op) {
    case "Conv":
    case "ConvTranspose":
    case "Gemm":
      return true;
    case "MatMul":
      return node.inputs.some((input) => initializers.has(input));
    default:
      return false;
  }
}

/**
 * For each value, the number of convolutions and of products with weights on the longest path from the
 * input. The 1x1 convolution in the shortcut of a residual block is never on the longest path, so it
 * does not count, as in the paper (Ansuini et al. 2019, getResNetsDepths of the authors' code).
 */
export function depthsOf(graph: Graph): Map<string, number> {
  const depths = new Map<string, number>();
  for (const { name } of graph.inputs) depths.set(name, 0);
  for (const node of graph.nodes) {
    const before = node.inputs.map((input) => depths.get(input))
      .filter((depth) => depth !== undefined);
    if (before.length === 0) continue;
    const depth = Math.max(...before) + (isWeightLayer(node, graph.initializers) ? 1 : 0);
    for (const output of node.outputs) depths.set(output, depth);
  }
  return depths;
}
