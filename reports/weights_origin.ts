/**
 * How networks came by their weights, which decides how they are drawn.
 *
 * @module
 */
import type { NetworkResult } from "../harness/spec/mod.ts";

/** `calibrated`: random weights, but batch normalisation has the statistics of the data. */
export type WeightsOrigin = "trained" | "untrained" | "calibrated";

/** Where the weights of a network come from. */
export function weightsOrigin({ weights, recipe }: NetworkResult): WeightsOrigin {
  return weights === "untrained" && recipe?.statistics === "calibrated" ? "calibrated" : weights;
}

/** The same in words. */
export const ORIGIN_TEXTS: Readonly<Record<WeightsOrigin, string>> = {
  trained: "trained",
  untrained: "random weights",
  calibrated: "random weights, calibrated batch statistics",
};
