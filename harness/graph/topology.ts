/**
 * Who makes a value, who uses it, and in which order the nodes can run.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import type { Graph, GraphNode, Tensor, ValueInfo } from "./graph.ts";

/** The node that makes each value. */
export function producersOf(nodes: readonly GraphNode[]): Map<string, GraphNode> {
  const producers = new Map<string, GraphNode>();
  for (const node of nodes) {
    for (const output of node.outputs) if (output) producers.set(output, node);
  }
  return producers;
}

/** The nodes that use each value, in the order of the graph. */
export function consumersOf(nodes: readonly GraphNode[]): Map<string, GraphNode[]> {
  const consumers = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    for (const input of new Set(node.inputs)) {
      if (!input) continue;
      const users = consumers.get(input);
      if (users) users.push(node);
      else consumers.set(input, [node]);
    }
  }
  return consumers;
}

/**
 * Nodes in an order in which each finds its inputs ready (Kahn 1962), otherwise as they were.
 *
 * @throws {RunError} When a value is made twice, made by nothing, or part of a cycle.
 */
export function sortNodes(
  nodes: readonly GraphNode[],
  inputs: readonly ValueInfo[],
  outputs: readonly ValueInfo[],
  initializers: ReadonlyMap<string, Tensor>,
  file: string,
): GraphNode[] {
  const made = new Set<string>(["", ...inputs.map(({ name }) => name), ...initializers.keys()]);
  const toCome = new Set<string>();
  for (const node of nodes) {
    for (const output of node.outputs) {
      if (output && (made.has(output) || toCome.has(output))) {
        throw new RunError(`${file}: node "${node.name}" makes "${output}", which exists already`);
      }
      if (output) toCome.add(output);
    }
  }
  for (const node of nodes) {
    const missing = node.inputs.find((input) => !made.has(input) && !toCome.has(input));
    if (missing !== undefined) {
      throw new RunError(`${file}: node "${node.name}" wants "${missing}", which nothing makes`);
    }
  }
  for (const { name } of outputs) {
    if (!made.has(name) && !toCome.has(name)) {
      throw new RunError(`${file}: output "${name}" is made by nothing`);
    }
  }
  const sorted: GraphNode[] = [];
  let waiting = [...nodes];
  while (waiting.length > 0) {
    const blocked: GraphNode[] = [];
    for (const node of waiting) {
      if (node.inputs.every((input) => made.has(input))) {
        for (const output of node.outputs) made.add(output);
        sorted.push(node);
      } else {
        blocked.push(node);
      }
    }
    if (blocked.length === waiting.length) {
      throw new RunError(`${file}: cyclic graph: node "${blocked[0]!.name}" waits for itself`);
    }
    waiting = blocked;
  }
  return sorted;
}

/** Only the nodes and initializers that the wanted values need. */
export function prune(
  graph: Graph,
  wanted: Iterable<string>,
): Pick<Graph, "nodes" | "initializers"> {
  const needed = new Set(wanted);
  const nodes: GraphNode[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((output) => needed.has(output))) continue;
    nodes.push(node);
    for (const input of node.inputs) needed.add(input);
  }
  return {
    nodes: nodes.reverse(),
    initializers: new Map([...graph.initializers].filter(([name]) => needed.has(name))),
  };
}
