/**
 * Exposing inner tensors of a graph as its outputs.
 *
 * @module
 */
import { didYouMean, RunError } from "../base/mod.ts";
import { elementTypes } from "./element_types.ts";
import type { Graph } from "./graph.ts";
import { producersOf, prune } from "./topology.ts";

/**
 * The part of a graph that makes the given tensors, with these as its outputs, each once. Its inputs
 * are those that the tensors need. An input itself cannot be tapped: whoever wants it has it.
 *
 * @throws {RunError} When no node makes a tensor of that name; names the nearest one.
 */
export function tap(graph: Graph, tensors: readonly string[]): Graph {
  const producers = producersOf(graph.nodes);
  for (const name of tensors) {
    if (producers.has(name)) continue;
    const hint = graph.inputs.some((input) => input.name === name)
      ? ": it is an input"
      : didYouMean(name, producers.keys());
    throw new RunError(`${graph.name}: no layer makes a tensor "${name}"${hint}`);
  }
  const types = elementTypes(graph);
  return {
    ...prune(graph, tensors),
    outputs: [...new Set(tensors)].map((name) =>
      graph.outputs.find((output) => output.name === name) ??
        { name, type: types.get(name) ?? "float32", shape: undefined }
    ),
  };
}
