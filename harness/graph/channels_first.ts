/**
 * Graphs that take images with their channels last, as TensorFlow's do.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import { type Graph, ints } from "./graph.ts";
import { producersOf } from "./topology.ts";

/**
 * The same graph for images with their channels first: [N, C, H, W] is transposed to the [N, H, W, C]
 * that its input takes.
 *
 * @throws {RunError} When the graph's first input has not four dimensions.
 */
export function channelsFirst(graph: Graph): Graph {
  const [input] = graph.inputs;
  if (input?.shape?.length !== 4) {
    throw new RunError(
      `${graph.name}: input of shape [${input?.shape ?? "unknown"}], wanted four dimensions`,
    );
  }
  const [batch, height, width, channels] = input.shape;
  const name = freeName(graph, `${input.name}.channels_first`);
  return {
    ...graph,
    inputs: [
      { ...input, name, shape: [batch!, channels!, height!, width!] },
      ...graph.inputs.slice(1),
    ],
    nodes: [
      {
        name: `${name}.transposed`,
        op: "Transpose",
        domain: "",
        inputs: [name],
        outputs: [input.name],
        attributes: new Map([["perm", ints([0, 2, 3, 1])]]),
      },
      ...graph.nodes,
    ],
  };
}

function freeName({ nodes, initializers }: Graph, wanted: string): string {
  const made = producersOf(nodes);
  let name = wanted;
  while (made.has(name) || initializers.has(name)) name += "_";
  return name;
}
