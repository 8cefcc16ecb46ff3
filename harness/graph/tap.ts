/**
 * Exposing inner tensors of a graph as its outputs.
 *
 * @module
 */
import { didYouMean, RunError } from "../base/mod.ts";
import type { Graph } from "./graph.ts";
import { producersOf, prune } from "./topology.ts";

/**
 * The part of a graph that makes the given tensors, with these as its outputs.
 *
 * @throws {RunError} When no node makes a tensor of that name; names the nearest one.
 */
export function tap(graph: Graph, tensors: readonly string[]): Graph {
  const producers = producersOf(graph.nodes);
  for (const name of tensors) {
    if (!producers.has(name)) {
      throw new RunError(
        `${graph.name}: no layer makes a tensor "${name}"${didYouMean(name, producers.keys())}`,
      );
    }
  }
  const known = new Map(graph.outputs.map((output) => [output.name, output]));
  return {
    ...graph,
    ...prune(graph, tensors),
    outputs: tensors.map((name) => known.get(name) ?? { name, type: "float32", shape: undefined }),
  };
}
