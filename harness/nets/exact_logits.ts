/**
 * The scores of a ProtoPNet as exact as its similarities (Chen et al. 2019, section 2.1).
 *
 * @module
 */
import { type Graph, GraphBuilder, int } from "../graph/mod.ts";
import { OUTPUT } from "./architecture.ts";
import { LAST_LAYER, SIMILARITIES } from "./protopnet.ts";

/** What rounding the logits to float32 takes from them, [N, K]: the two add up to the float64 logit. */
export const LOGITS_REST = "logits_rest";

/** ONNX's codes of element types. */
const ELEMENT = { float32: 1, float64: 11 } as const;

/**
 * The inference form with its logits, the sums of similarity x weight, added in float64 and rounded once.
 * Most of hundreds of prototypes have negative weights: their float32 sums of about -100 are off by 1e-4,
 * so that the points on a scoring sheet would not add up to them.
 */
export function withExactLogits(inference: Graph): Graph {
  const nodes = inference.nodes.filter(({ outputs }) => !outputs.includes(OUTPUT));
  const graph = new GraphBuilder(inference.name, { ...inference, nodes, outputs: [] });
  const to = (type: keyof typeof ELEMENT, value: string, name = `${value}/${type}`) =>
    graph.add(name, "Cast", [value], { to: int(ELEMENT[type]) });
  const sums = graph.add(`${OUTPUT}/sums`, "Gemm", [
    to("float64", SIMILARITIES),
    to("float64", `${LAST_LAYER}weight`),
  ], { transB: int(1) });
  const rounded = to("float64", to("float32", sums, OUTPUT));
  const rest = graph.add(`${LOGITS_REST}/float64`, "Sub", [sums, rounded]);
  to("float32", rest, LOGITS_REST);
  for (const { name } of inference.outputs) graph.output(name);
  graph.output(LOGITS_REST);
  return graph.build();
}
