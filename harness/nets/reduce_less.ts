/**
 * Networks that shrink their images less, so that small images leave a map of many cells.
 *
 * @module
 */
import { UsageError } from "../base/mod.ts";
import type { Graph, GraphNode } from "../graph/mod.ts";
import { ints } from "../graph/mod.ts";
import { isWindowed, windowOf } from "./windows_of.ts";

/**
 * The graph in which the last reductions keep the size, so that neighbouring cells of the output are
 * `stride` pixels apart: convolutions and overlapping poolings move on by one cell, poolings of disjoint
 * windows are left out. Weights stay; each keeps its place in the network.
 *
 * @param stride Must be what the graph has after one of its reductions, or 1.
 * @throws {UsageError} When it is not, or when a window cannot keep the size.
 */
export function reduceLess(graph: Graph, stride: number): Graph {
  const jumps = new Map(graph.inputs.map(({ name }) => [name, 1]));
  const instead = new Map<string, string>();
  const nodes: GraphNode[] = [];
  const reached = new Set([1]);
  for (const original of graph.nodes) {
    const inputs = original.inputs.map((name) => instead.get(name) ?? name);
    let node: GraphNode = { ...original, inputs };
    const before = Math.max(0, ...inputs.map((name) => jumps.get(name) ?? 0));
    if (before === 0) {
      nodes.push(node);
      continue;
    }
    let jump = before;
    if (isWindowed(node)) {
      const { stride: own } = windowOf(node, graph);
      jump = before * own;
      if (own > 1 && jump > stride) {
        jump = before;
        const kept = keepingSize(node, graph);
        if (kept === undefined) {
          instead.set(node.outputs[0]!, inputs[0]!);
          continue;
        }
        node = kept;
      }
    }
    reached.add(jump);
    for (const output of node.outputs) jumps.set(output, jump);
    nodes.push(node);
  }
  if (!reached.has(stride)) {
    throw new UsageError(
      `stride: found ${stride}, wanted what ${graph.name} has on its way: ` +
        [...reached].sort((a, b) => a - b).join(", "),
    );
  }
  const outputs = graph.outputs.map((output) => ({
    ...output,
    name: instead.get(output.name) ?? output.name,
  }));
  return { ...graph, nodes, outputs };
}

/** The node with stride 1; undefined where nothing is left of it. */
function keepingSize(node: GraphNode, graph: Graph): GraphNode | undefined {
  const { kernel, stride, padding } = windowOf(node, graph);
  if (2 * padding === kernel - 1) {
    return { ...node, attributes: new Map([...node.attributes, ["strides", ints([1, 1])]]) };
  }
  if (node.op !== "Conv" && kernel === stride && padding === 0) return undefined;
  throw new UsageError(
    `stride: "${node.name}" of ${graph.name} has kernel ${kernel} and padding ${padding}, wanted a ` +
      "window that can keep the size",
  );
}
