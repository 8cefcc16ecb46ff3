/**
 * Whether there are enough images for the IDs that were found.
 *
 * @module
 */
import { equivalentDimension } from "../estimators/mod.ts";
import type { Finding, NetworkResult } from "../spec/mod.ts";

import { digits, layerIds } from "./layer_ids.ts";

/** Above this an estimate is a lower bound, whatever the number of images that can be had. */
const LOWER_BOUND_FROM = 20;

/** One finding. */
export function fewSamples(model: NetworkResult): Finding[] {
  const layers = layerIds(model);
  const high = layers.filter(({ id }) => id > LOWER_BOUND_FROM);
  const top = layers.reduce((best, layer) => layer.id > best.id ? layer : best);
  const alike = equivalentDimension(top.id, top.n, "gaussian");
  const clouds = "dimension" in alike
    ? `Gaussian clouds of dimension ${digits(alike.dimension)} give as much as "${top.name}"`
    : `what dimension a Gaussian cloud needs for as much as "${top.name}" is not tabled ` +
      `(${alike.beyondTable})`;
  return [{
    id: "few-samples",
    concern: high.length > 0,
    title: high.length > 0
      ? "Too few images for the highest IDs"
      : "Enough images for the IDs that were found",
    seen:
      `${high.length} of ${layers.length} layers have an ID above ${LOWER_BOUND_FROM} (the highest ` +
      `${digits(top.id)}); with N = ${top.n} ${clouds}.`,
    meaning: high.length > 0
      ? "these IDs are lower bounds, and the true peak is higher and sharper."
      : "the estimates are near what more images would give.",
    limit:
      "how far off they are: real representations are no Gaussian clouds. Run again with half " +
      "of the images and see what moves.",
  }];
}
