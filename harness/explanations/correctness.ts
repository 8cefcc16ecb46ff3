/**
 * Correctness and contrastivity of explanations (Hesse et al. 2023), and the mean of all three.
 *
 * @module
 */
import { spearmanCorrelation } from "../stats/mod.ts";
import { type Average, averageOf } from "./average.ts";
import type { Completeness } from "./completeness.ts";
import type { InterventionRecord } from "./intervention_record.ts";

/**
 * Single deletion: Spearman's correlation between importance and logit drop of the visible parts, mapped
 * from [-1, 1] to [0, 1]; the mean over images. Images where it is not defined are left out.
 */
export function correctnessOf(records: readonly InterventionRecord[]): Average {
  return averageOf(records.map(singleDeletion));
}

/** The correlation of one image; NaN when importance or drop is the same for all its parts. */
export function singleDeletion({ drops }: InterventionRecord): number {
  const points = drops.filter(({ kind }) => kind === "part")
    .map(({ importance, drop }) => ({ x: importance, y: drop }));
  return points.length < 2 ? NaN : spearmanCorrelation(points) / 2 + 0.5;
}

/** Target sensitivity, over the images that allow the test. */
export function contrastivityOf(records: readonly InterventionRecord[]): Average {
  return averageOf(records.map(({ contrast }) => contrast));
}

/** mX: the mean of completeness, correctness and contrastivity; null when one is not defined. */
export function meanExplainability(
  { completeness }: Completeness,
  correctness: Average,
  contrastivity: Average,
): number | null {
  if (completeness === null || correctness.mean === null || contrastivity.mean === null) {
    return null;
  }
  return (completeness + correctness.mean + contrastivity.mean) / 3;
}
