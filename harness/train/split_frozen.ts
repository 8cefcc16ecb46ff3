/**
 * The part of a network that training does not change.
 *
 * @module
 */
import { cutsOf } from "../graph/cuts.ts";
import { type Graph, type GraphNode, prune, tap, usedBy } from "../graph/mod.ts";
import { isTrained, type TrainingFormOptions } from "./training_form.ts";

/** A network in two. */
export interface SplitNetwork {
  /** From the images to `value`, its only output. */
  readonly prefix: Graph;
  /** From `value`, its input, to the logits. */
  readonly rest: Graph;
  readonly value: string;
}

/**
 * Splits a network at the last value that everything flows through and that depends on nothing trained:
 * neither on a parameter nor on the statistics of a batch or on dropout.
 *
 * @param logits Value with the logits.
 * @param options Which parameters are trained; all else stays, and normalisations with it.
 * @returns undefined where the first layer is already trained.
 */
export function splitFrozen(
  network: Graph,
  logits: string,
  options: Pick<TrainingFormOptions, "frozen" | "trained">,
): SplitNetwork | undefined {
  const graph = tap(network, [logits]);
  const mayTrain = isTrained(options);
  const isParameter = (name: string) => {
    const tensor = graph.initializers.get(name);
    return tensor?.type === "float32" && tensor.dims.length > 0;
  };
  const changes = (node: GraphNode) =>
    node.op === "Dropout" ||
    [...usedBy(node)].some((name) => isParameter(name) && mayTrain(name));
  const value = cutsOf(graph).map(({ tensor }) => tensor).findLast((tensor) =>
    tensor !== logits && !tap(graph, [tensor]).nodes.some(changes)
  );
  if (value === undefined) return undefined;
  const after = graph.nodes.filter(({ outputs }) => !outputs.includes(value));
  return {
    prefix: tap(graph, [value]),
    rest: prune(
      { ...graph, inputs: [{ name: value, type: "float32", shape: undefined }], nodes: after },
      [logits],
    ),
    value,
  };
}
