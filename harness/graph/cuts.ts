/**
 * Tensors that alone separate the input from the output: what one may call a layer of the network,
 * whatever happens inside its blocks.
 *
 * @module
 */
import { depthsOf } from "./depth.ts";
import type { Graph, GraphNode } from "./graph.ts";
import { prune, usedBy } from "./topology.ts";

/** A tensor through which everything flows. */
export interface Cut {
  readonly tensor: string;
  /** The operation that makes it. */
  readonly node: GraphNode;
  /** All operations since the cut before: the layer or block. */
  readonly block: readonly GraphNode[];
}

/** The deepest output, the first one where several are: others are inner layers or side heads. */
export function mainOutput(graph: Graph): string {
  const depths = depthsOf(graph);
  const names = graph.outputs.map(({ name }) => name);
  return names.reduce((best, name) =>
    (depths.get(name) ?? -1) > (depths.get(best) ?? -1) ? name : best
  );
}

/**
 * The cuts on the way to the main output, in the order of the graph. A value is a cut when, right
 * after it is made, no other value that depends on the input is still to be used.
 */
export function cutsOf(graph: Graph): Cut[] {
  const output = mainOutput(graph);
  const derived = new Set(graph.inputs.map(({ name }) => name));
  const uses = new Map([[output, 1]]);
  const flow: { node: GraphNode; used: readonly string[] }[] = [];
  for (const node of prune(graph, [output]).nodes) {
    const used = [...usedBy(node)].filter((value) => derived.has(value));
    if (used.length === 0) continue;
    for (const value of used) uses.set(value, (uses.get(value) ?? 0) + 1);
    for (const made of node.outputs) derived.add(made);
    flow.push({ node, used });
  }

  const open = new Set(graph.inputs.map(({ name }) => name).filter((name) => uses.has(name)));
  const cuts: Cut[] = [];
  let block: GraphNode[] = [];
  for (const { node, used } of flow) {
    block.push(node);
    for (const value of used) {
      const left = uses.get(value)! - 1;
      uses.set(value, left);
      if (left === 0) open.delete(value);
    }
    for (const made of node.outputs) if ((uses.get(made) ?? 0) > 0) open.add(made);
    const tensor = node.outputs[0]!;
    if (open.size !== 1 || !open.has(tensor)) continue;
    cuts.push({ tensor, node, block });
    block = [];
  }
  return cuts;
}
