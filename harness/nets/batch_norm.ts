/**
 * Batch normalisation at its start: scale 1, shift 0, running mean 0 and variance 1.
 *
 * @module
 */
import type { GraphBuilder } from "../graph/mod.ts";
import type { Initialiser } from "./initialise.ts";

/** Adds the node and its four parameters, named as in torchvision. */
export function batchNorm(
  graph: GraphBuilder,
  init: Initialiser,
  name: string,
  x: string,
  channels: number,
): string {
  const parameters = [
    init.constant(`${name}.weight`, [channels], 1),
    init.constant(`${name}.bias`, [channels], 0),
    init.constant(`${name}.running_mean`, [channels], 0),
    init.constant(`${name}.running_var`, [channels], 1),
  ];
  return graph.add(`${name}.out`, "BatchNormalization", [x, ...parameters], {
    epsilon: { kind: "float", value: 1e-5 },
  });
}
