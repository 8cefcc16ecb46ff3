/**
 * Rectifiers moved behind the max poolings that follow them.
 *
 * @module
 */
import type { Graph, GraphNode } from "../graph.ts";
import { consumersOf } from "../topology.ts";

/**
 * The same graph with MaxPool(Relu(x)) written as Relu(MaxPool(x)): the largest of rectified values is the
 * largest value, rectified. Both passes of the rectifier then work on the pooled image, which has a quarter
 * of the elements for a pooling of stride 2. Rectifiers that others use too stay.
 */
export function rectifyAfterPooling(graph: Graph): Graph {
  const consumers = consumersOf(graph.nodes);
  const kept = new Set(graph.outputs.map(({ name }) => name));
  const rectified = new Map<string, string>();
  for (const { op, inputs, outputs } of graph.nodes) {
    const [value] = outputs as [string];
    const [only, ...others] = consumers.get(value) ?? [];
    if (op !== "Relu" || kept.has(value) || others.length > 0 || only?.op !== "MaxPool") continue;
    if (only.outputs.length === 1) rectified.set(value, inputs[0]!);
  }
  const nodes = graph.nodes.flatMap((node): GraphNode[] => {
    if (rectified.has(node.outputs[0]!)) return [];
    const x = rectified.get(node.inputs[0] ?? "");
    if (x === undefined) return [node];
    const [y] = node.outputs as [string];
    const pooled = `${y}/before_rectifier`;
    return [
      { ...node, inputs: [x], outputs: [pooled] },
      {
        name: `${y}/rectifier`,
        op: "Relu",
        domain: "",
        inputs: [pooled],
        outputs: [y],
        attributes: new Map(),
      },
    ];
  });
  return { ...graph, nodes };
}
