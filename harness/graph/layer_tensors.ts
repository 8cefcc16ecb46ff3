/**
 * The values of a graph that can be profiled as layers.
 *
 * @module
 */
import { elementTypes } from "./element_types.ts";
import type { Graph } from "./graph.ts";
import { consumersOf, usedBy } from "./topology.ts";

/**
 * Names of the float32 values that depend on the input, in the order of the graph. Further outputs of
 * an operation count only where something uses them.
 */
export function layerTensors(graph: Graph): string[] {
  const types = elementTypes(graph);
  const consumers = consumersOf(graph.nodes);
  const derived = new Set(graph.inputs.map(({ name }) => name));
  const tensors: string[] = [];
  for (const node of graph.nodes) {
    if (![...usedBy(node)].some((value) => derived.has(value))) continue;
    for (const [at, output] of node.outputs.entries()) {
      derived.add(output);
      const counts = at === 0 || consumers.has(output);
      if (counts && types.get(output) === "float32") tensors.push(output);
    }
  }
  return tensors;
}
