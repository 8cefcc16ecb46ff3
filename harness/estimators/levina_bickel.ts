/**
 * The maximum-likelihood estimator of Levina and Bickel (NeurIPS 2004): the local dimension at a point
 * is (k - 1) / sum over j < k of log(T_k / T_j), T_j the distance to its j-th neighbour.
 *
 * @module
 */
import { quantile } from "../stats/mod.ts";
import type { NeighbourLists } from "./neighbour_lists.ts";

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
 * @param k Number of neighbours; points with an identical twin are left out.
 * @throws {RangeError} When fewer than k neighbours are listed.
 */
export function levinaBickel(lists: NeighbourLists, k: number): LevinaBickelEstimate {
  if (lists.k < k) {
    throw new RangeError(`Cannot use ${k} neighbours: ${lists.k} are listed`);
  }
  const local: number[] = [];
  for (let i = 0; i < lists.n; i++) {
    const row = lists.distance.subarray(i * lists.k, i * lists.k + k);
    if (row[0]! === 0) continue;
    const farthest = row[k - 1]!;
    let logs = 0;
    for (let j = 0; j < k - 1; j++) logs += Math.log(farthest / row[j]!);
    local.push((k - 1) / logs);
  }
  const mean = local.reduce((sum, value) => sum + value, 0) / local.length;
  const inverse = local.reduce((sum, value) => sum + 1 / value, 0) / local.length;
  return {
    harmonic: 1 / inverse,
    mean,
    mean_k_minus_2: mean * (k - 2) / (k - 1),
    median: quantile(local, 0.5),
  };
}
