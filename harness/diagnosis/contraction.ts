/**
 * Whether the ID falls after its peak (Ansuini et al. 2019, Figures 2 and 3).
 *
 * @module
 */
import type { Finding, NetworkResult } from "../spec/mod.ts";

import { digits, peakAndLast, withInterval } from "./layer_ids.ts";

/** Peak / last hidden layer below which the fall is not clear: the paper's networks fall to a half or less. */
const CLEAR_FALL = 1.5;

/** One finding; none without inner layers. */
export function contraction(model: NetworkResult): Finding[] {
  const found = peakAndLast(model);
  if (!found) return [];
  const { peak, last, ratio } = found;
  const falls = ratio >= CLEAR_FALL;
  const seen = peak === last
    ? `the highest ID of the inner layers, ${
      withInterval(peak)
    }, is at the last of them, "${last.name}".`
    : `the ID falls from ${withInterval(peak)} at "${peak.name}" to ${withInterval(last)} at ` +
      `"${last.name}", the last hidden layer: by a factor of ${
        digits(ratio)
      } (${CLEAR_FALL} or more ` +
      "counts as clear).";
  return [{
    id: "contraction",
    concern: !falls,
    title: falls
      ? "The representation contracts after its peak"
      : "No clear contraction after the peak",
    seen,
    meaning: falls
      ? "the shape that the paper reports of trained networks."
      : "too little training, labels that do not follow from the images (random labels raise the " +
        "ID of the last layers in the paper's Figure 6), or images unlike those it was trained on.",
    limit: falls
      ? "good accuracy: the shape also depends on the images and on how many there are."
      : "any of these: the layers that were profiled may miss the peak, and few images flatten it, " +
        "since high IDs are underestimated most.",
  }];
}
