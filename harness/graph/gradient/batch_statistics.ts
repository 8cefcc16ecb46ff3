/**
 * Batch normalisation in training mode as nodes that every runtime computes rightly.
 *
 * ONNX Runtime's CPU kernel writes the new statistics over the old ones, its inputs, whoever else uses
 * them; its WebGPU kernels do not have the mode.
 *
 * @module
 */
import { RunError } from "../../base/mod.ts";
import { type Graph, type GraphNode, int, intAttribute, type Tensor } from "../graph.ts";
import { type Shape, sizeOf } from "./shapes.ts";

/** Whether a node normalises with the statistics of the batch. */
export function isTrainingMode(node: GraphNode): boolean {
  return node.op === "BatchNormalization" && intAttribute(node, "training_mode", 0) === 1;
}

/** Value with the inputs of a training-mode node minus their mean, once its statistics are nodes. */
export function centredInput(node: GraphNode): string {
  return `${node.outputs[0]!}/centred`;
}

/**
 * The same graph with the statistics as nodes of their own, and normalisations that take them.
 *
 * @throws {RunError} When a node does not give the statistics of the batch alone (momentum 0).
 */
export function withBatchStatistics(graph: Graph, shapes: ReadonlyMap<string, Shape>): Graph {
  const initializers = new Map(graph.initializers);
  const nodes = graph.nodes.flatMap((node) =>
    isTrainingMode(node) ? withStatistics(node, shapes.get(node.inputs[0]!)!, initializers) : [node]
  );
  return { ...graph, nodes, initializers };
}

function withStatistics(
  node: GraphNode,
  shape: Shape,
  initializers: Map<string, Tensor>,
): GraphNode[] {
  const [x, scale, shift] = node.inputs as [string, string, string];
  const [y] = node.outputs as [string];
  const [mean, variance] = statisticsOf(node);
  const channels = shape[1]!;
  const within = shape.map((_, axis) => axis).filter((axis) => axis !== 1);
  const constant = (name: string, tensor: Tensor) => {
    initializers.set(`${y}/${name}`, tensor);
    return `${y}/${name}`;
  };
  const integers = (name: string, values: readonly number[]) =>
    constant(name, {
      type: "int64",
      dims: [values.length],
      data: BigInt64Array.from(values, BigInt),
    });
  const make = (
    op: string,
    inputs: readonly string[],
    output: string,
    attributes: GraphNode["attributes"] = new Map(),
  ): GraphNode => ({ name: output, op, domain: "", inputs, outputs: [output], attributes });
  const axes = integers("axes", within);
  const share = constant("share", {
    type: "float32",
    dims: [],
    data: Float32Array.of(channels / sizeOf(shape)),
  });
  const none = constant("none", {
    type: "float32",
    dims: [channels],
    data: new Float32Array(channels),
  });
  const epsilon = node.attributes.get("epsilon");
  return [
    make("ReduceSum", [x, axes], `${y}/sum`, new Map([["keepdims", int(1)]])),
    make("Mul", [`${y}/sum`, share], `${y}/mean`),
    make("Reshape", [`${y}/mean`, integers("channels", [channels])], mean),
    make("Sub", [x, `${y}/mean`], centredInput(node)),
    make("Mul", [centredInput(node), centredInput(node)], `${y}/squares`),
    make("ReduceSum", [`${y}/squares`, axes], `${y}/square_sum`, new Map([["keepdims", int(0)]])),
    make("Mul", [`${y}/square_sum`, share], variance),
    make(
      "BatchNormalization",
      [centredInput(node), scale, shift, none, variance],
      y,
      new Map(epsilon ? [["epsilon", epsilon]] : []),
    ),
  ];
}

/** With momentum 0 the "running" statistics that a node gives are those of the batch. */
function statisticsOf(node: GraphNode): [mean: string, variance: string] {
  const [, mean, variance] = node.outputs;
  const attribute = node.attributes.get("momentum");
  const momentum = attribute?.kind === "float" ? attribute.value : 0.9;
  if (mean && variance && momentum === 0) return [mean, variance];
  const count = node.outputs.filter((output) => output !== "").length;
  throw new RunError(
    `node "${node.name}": found batch normalisation in training mode with momentum ${momentum} and ` +
      `${count} outputs, wanted momentum 0 and 3 outputs to differentiate`,
  );
}
