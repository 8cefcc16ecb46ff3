/**
 * Background independence (Hesse et al. 2023): a property of the model, not of its explanations.
 *
 * @module
 */
import { type Average, averageOf } from "./average.ts";
import type { InterventionRecord } from "./intervention_record.ts";

/** A logit that changes by less than this share of itself does not change. */
export const RELEVANT_DROP = 0.05;

/**
 * Share of the background objects, pooled over images, whose removal does not lower the logit of the true
 * class by 5 % of its size or more.
 */
export function backgroundIndependence(records: readonly InterventionRecord[]): Average {
  return averageOf(
    records.flatMap(({ drops, logit }) =>
      drops.filter(({ kind }) => kind === "object")
        .map(({ drop }) => drop >= RELEVANT_DROP * Math.abs(logit) ? 0 : 1)
    ),
  );
}
