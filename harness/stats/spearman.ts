/**
 * Spearman's rank correlation (Spearman 1904).
 *
 * @module
 */
import { pearsonCorrelation, type Point } from "./pearson.ts";

/**
 * Pearson's r of the ranks, where equal values share their mean rank; NaN when x or y does not vary.
 * `correlationPValue` of it is the usual t approximation, `correlationPermutationTest` of the ranked
 * points is exact. Costs n^2 comparisons.
 */
export function spearmanCorrelation(points: readonly Point[]): number {
  return pearsonCorrelation(rankedPoints(points));
}

/** Each coordinate replaced by its rank, from 1; equal values share their mean rank. */
export function rankedPoints(points: readonly Point[]): Point[] {
  const x = meanRanks(points.map((point) => point.x));
  const y = meanRanks(points.map((point) => point.y));
  return points.map((_, at) => ({ x: x[at]!, y: y[at]! }));
}

function meanRanks(values: readonly number[]): number[] {
  return values.map((value) =>
    values.reduce((sum, other) => sum + (other < value ? 1 : other === value ? 0.5 : 0), 0.5)
  );
}
