/**
 * Batch normalisation in training mode for runtimes without that mode (ONNX Runtime's WebGPU kernels):
 * the statistics become nodes of their own.
 *
 * @module
 */
import { type Graph, type GraphNode, int, ints } from "../graph/mod.ts";

/** Images, rows and columns: everything but the channel. */
const WITHIN = [0, 2, 3] as const;

/** The same graph with inference-mode batch normalisations on the batch's own statistics. */
export function lowerBatchNorm(graph: Graph): Graph {
  return { ...graph, nodes: graph.nodes.flatMap(lowered) };
}

function lowered(node: GraphNode): GraphNode[] {
  const training = node.attributes.get("training_mode");
  if (node.op !== "BatchNormalization" || training?.kind !== "int" || training.value === 0) {
    return [node];
  }
  const [x, scale, shift] = node.inputs as [string, string, string];
  const [y, mean, variance] = node.outputs as [string, string, string];
  const at = (name: string) => `${node.name}/${name}`;
  const make = (
    op: string,
    inputs: string[],
    output: string,
    attributes: GraphNode["attributes"] = new Map(),
  ): GraphNode => ({ name: output, op, domain: "", inputs, outputs: [output], attributes });
  const overImages = (keepdims: number) =>
    new Map([["axes", ints(WITHIN)], ["keepdims", int(keepdims)]]);
  const { training_mode: _mode, momentum: _momentum, ...kept } = Object.fromEntries(
    node.attributes,
  );
  return [
    make("ReduceMean", [x], mean, overImages(0)),
    make("ReduceMean", [x], at("mean_kept"), overImages(1)),
    make("Sub", [x, at("mean_kept")], at("centred")),
    make("Mul", [at("centred"), at("centred")], at("squares")),
    make("ReduceMean", [at("squares")], variance, overImages(0)),
    make("BatchNormalization", [x, scale, shift, mean, variance], y, new Map(Object.entries(kept))),
  ];
}
