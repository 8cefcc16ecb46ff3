/**
 * Tensors that alone separate the input from the output: what one may call a layer of the network,
 * whatever happens inside its blocks.
 *
 * @module
 */
import type { Graph, GraphNode } from "./graph.ts";

/** A tensor through which everything flows. */
export interface Cut {
  readonly tensor: string;
  readonly node: GraphNode;
}

/**
 * The cuts in the order of the graph. A value is a cut when, right after it is made, no other value
 * that depends on the input is still to be used.
 */
export function cutsOf(graph: Graph): Cut[] {
  const uses = new Map<string, number>();
  const derived = new Set(graph.inputs.map(({ name }) => name));
  const flow = graph.nodes.filter((node) => {
    if (!node.inputs.some((input) => derived.has(input))) return false;
    for (const output of node.outputs) derived.add(output);
    for (const input of new Set(node.inputs)) uses.set(input, (uses.get(input) ?? 0) + 1);
    return true;
  });
  for (const { name } of graph.outputs) uses.set(name, (uses.get(name) ?? 0) + 1);

  const open = new Set(graph.inputs.map(({ name }) => name));
  const cuts: Cut[] = [];
  for (const node of flow) {
    for (const input of new Set(node.inputs)) {
      if (!derived.has(input)) continue;
      const left = uses.get(input)! - 1;
      uses.set(input, left);
      if (left === 0) open.delete(input);
    }
    for (const output of node.outputs) if ((uses.get(output) ?? 0) > 0) open.add(output);
    const tensor = node.outputs[0]!;
    if (open.size === 1 && open.has(tensor)) cuts.push({ tensor, node });
  }
  return cuts;
}
