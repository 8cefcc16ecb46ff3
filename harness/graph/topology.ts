/**
 * Who makes a value, who uses it, and in which order the nodes can run.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import type { GraphBody, GraphNode } from "./graph.ts";

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
    for (const value of usedBy(node)) {
      const users = consumers.get(value);
      if (users) users.push(node);
      else consumers.set(value, [node]);
    }
  }
  return consumers;
}

/** The values that a node uses, each once: its inputs and what its bodies take from outside. */
export function usedBy(node: GraphNode): ReadonlySet<string> {
  const used = new Set(node.inputs);
  for (const attribute of node.attributes.values()) {
    if (attribute.kind === "graph") {
      for (const name of captured(attribute.value)) used.add(name);
    }
  }
  used.delete("");
  return used;
}

/** The values that a body takes from the graph around it. */
function captured({ inputs, outputs, nodes, initializers }: GraphBody): Set<string> {
  const own = new Set([
    ...inputs.map(({ name }) => name),
    ...initializers.keys(),
    ...nodes.flatMap((node) => node.outputs),
  ]);
  const used = [...nodes.flatMap((node) => [...usedBy(node)]), ...outputs.map(({ name }) => name)];
  return new Set(used.filter((name) => !own.has(name)));
}

/**
 * Nodes in an order in which each finds its values ready: the given order, where a node that comes too
 * early is preceded by what it waits for (depth first, linear in the size of the graph).
 *
 * @param place File and node, for errors.
 * @param outer Values of the graphs around this one.
 * @throws {RunError} When a value is made twice, made by nothing, or part of a cycle.
 */
export function sortNodes(
  graph: Omit<GraphBody, "name">,
  place: string,
  outer: ReadonlySet<string> = new Set(),
): GraphNode[] {
  const { nodes } = graph;
  const before = dependencies(graph, place, outer);
  const sorted: GraphNode[] = [];
  const opened = new Set<number>();
  const done = new Set<number>();
  for (const start of nodes.keys()) {
    const stack = [start];
    while (stack.length > 0) {
      const at = stack.at(-1)!;
      const missing = done.has(at) ? [] : before[at]!.filter((other) => !done.has(other));
      if (missing.length > 0) {
        if (opened.has(at)) {
          throw new RunError(`${place}: cyclic graph: node "${nodes[at]!.name}" waits for itself`);
        }
        opened.add(at);
        for (const other of missing.reverse()) stack.push(other);
        continue;
      }
      stack.pop();
      if (done.has(at)) continue;
      done.add(at);
      sorted.push(nodes[at]!);
    }
  }
  return sorted;
}

/** For each node, the nodes that make what it uses. */
function dependencies(
  { inputs, outputs, nodes, initializers }: Omit<GraphBody, "name">,
  place: string,
  outer: ReadonlySet<string>,
): number[][] {
  const given = new Set([...outer, ...initializers.keys()]);
  for (const { name } of inputs) {
    if (given.has(name)) throw new RunError(`${place}: input "${name}" exists twice`);
    given.add(name);
  }
  const makers = new Map<string, number>();
  for (const [at, { name, outputs: made }] of nodes.entries()) {
    for (const output of made.filter(Boolean)) {
      if (given.has(output) || makers.has(output)) {
        throw new RunError(`${place}: node "${name}" makes "${output}", which exists already`);
      }
      makers.set(output, at);
    }
  }
  for (const { name } of outputs) {
    if (!given.has(name) && !makers.has(name)) {
      throw new RunError(`${place}: output "${name}" is made by nothing`);
    }
  }
  return nodes.map((node) =>
    [...usedBy(node)].flatMap((value) => {
      const maker = makers.get(value);
      if (maker !== undefined) return [maker];
      if (given.has(value)) return [];
      throw new RunError(`${place}: node "${node.name}" wants "${value}", which nothing makes`);
    })
  );
}

/** Only the inputs, nodes and initializers that the wanted values need. */
export function prune<Body extends GraphBody>(graph: Body, wanted: Iterable<string>): Body {
  const needed = new Set(wanted);
  const nodes: GraphNode[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((output) => needed.has(output))) continue;
    nodes.push(node);
    for (const value of usedBy(node)) needed.add(value);
  }
  return {
    ...graph,
    inputs: graph.inputs.filter(({ name }) => needed.has(name)),
    nodes: nodes.reverse(),
    initializers: new Map([...graph.initializers].filter(([name]) => needed.has(name))),
  };
}
