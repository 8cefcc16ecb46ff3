/**
 * The maximum-likelihood estimator of Levina and Bickel (NeurIPS 2004): the local dimension at a point
 * is (k - 1) / sum over j < k of log(T_k / T_j), T_j the distance to its j-th neighbour.
 *
 * @module
 */
import { mean, quantile, sampleDeviation } from "../stats/mod.ts";
import type { NeighbourLists } from "./neighbour_lists.ts";
import type { Estimate } from "./twonn.ts";

/** Local estimates averaged in the four usual ways. */
export interface LevinaBickelEstimate {
  /** Inverse of the mean of the inverses (MacKay and Ghahramani 2005). */
  readonly harmonic: number;
  /** Mean (Levina and Bickel). */
  readonly mean: number;
  /** Mean with k - 2 in place of k - 1, which makes the local estimate unbiased. */
  readonly mean_k_minus_2: number;
  readonly median: number;
}

/**
 * The local estimates, in the order of the points. Left out are points with an identical twin and
 * points whose k neighbours are all equally far, which have none.
 *
 * @param k Number of neighbours, at least 2.
 * @throws {RangeError} When fewer than k neighbours are listed, or no point has an estimate.
 */
export function localDimensions(lists: NeighbourLists, k: number): number[] {
  if (lists.k < k || k < 2) {
    throw new RangeError(`Cannot use ${k} neighbours: ${lists.k} are listed, wanted at least 2`);
  }
  const local: number[] = [];
  for (let i = 0; i < lists.n; i++) {
    const row = lists.distance.subarray(i * lists.k, i * lists.k + k);
    const farthest = row[k - 1]!;
    if (row[0] === 0 || row[0] === farthest) continue;
    let logs = 0;
    for (let j = 0; j < k - 1; j++) logs += Math.log(farthest / row[j]!);
    local.push((k - 1) / logs);
  }
  if (local.length === 0) {
    throw new RangeError(
      `Cannot estimate a dimension: each of ${lists.n} points has an identical twin or ${k} ` +
        "neighbours at the same distance",
    );
  }
  return local;
}

/**
 * The local estimates of all points in one number.
 *
 * @param k Number of neighbours, at least 2.
 * @throws {RangeError} As `localDimensions`.
 */
export function levinaBickel(lists: NeighbourLists, k: number): LevinaBickelEstimate {
  const local = localDimensions(lists, k);
  const average = mean(local);
  return {
    harmonic: 1 / mean(local.map((value) => 1 / value)),
    mean: average,
    mean_k_minus_2: average * (k - 2) / (k - 1),
    median: quantile(local, 0.5),
  };
}

/**
 * The same with standard errors as if neighbourhoods did not overlap: of the harmonic mean from its k - 1
 * exponential terms a point, of the mean from the deviation between points, of the median as of normal
 * values.
 *
 * @param k Number of neighbours, at least 2.
 * @throws {RangeError} As `localDimensions`.
 */
export function levinaBickelEstimates(
  lists: NeighbourLists,
  k: number,
): Readonly<Record<keyof LevinaBickelEstimate, Estimate>> {
  const local = localDimensions(lists, k);
  const { harmonic, mean, mean_k_minus_2, median } = levinaBickel(lists, k);
  const error = sampleDeviation(local) / Math.sqrt(local.length);
  return {
    harmonic: { value: harmonic, standardError: harmonic / Math.sqrt(local.length * (k - 1)) },
    mean: { value: mean, standardError: error },
    mean_k_minus_2: { value: mean_k_minus_2, standardError: error * (k - 2) / (k - 1) },
    median: { value: median, standardError: error * Math.sqrt(Math.PI / 2) },
  };
}
