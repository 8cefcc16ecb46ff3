/**
 * An interval for every estimate of a file of points.
 *
 * @module
 */
import {
  type AllEstimates,
  calibratedInterval,
  type Estimate,
  levinaBickelEstimates,
  type NeighbourLists,
  type SpreadName,
} from "../estimators/mod.ts";
import type { ListEstimates, MatrixEstimates } from "./further_estimates.ts";

/** Level of the intervals. */
const LEVEL = 0.95;

/** Neighbours of `levina_bickel_k20`. */
const LEVINA_BICKEL_NEIGHBOURS = 20;

type Interval = readonly [number, number];

/** Estimates with an interval that have the same name where the spread is tabled. */
type PlainName =
  | "twonn_fit"
  | "twonn_fit_i_minus_1"
  | "twonn_mle_unbiased"
  | "twonn_mle_censored_90"
  | "twonn_bayes"
  | "mind_ml_k20"
  | "abide"
  | "gride_k_star"
  | "correlation_dimension"
  | "local_pca_k50";

/** Intervals at 95 %, under the names of the estimates; null where there is no estimate. */
export interface PointsIntervals extends Readonly<Record<PlainName, Interval | null>> {
  readonly levina_bickel_k20:
    | Readonly<Record<"harmonic" | "mean" | "mean_k_minus_2" | "median", Interval>>
    | null;
  /** In the order of the scales. */
  readonly gride: readonly Interval[];
}

/** @param lists From which the estimates are. */
export function pointsIntervals(
  estimates: AllEstimates,
  further: ListEstimates & MatrixEstimates,
  lists: NeighbourLists,
): PointsIntervals {
  const plain = (name: PlainName, estimate: Estimate | null) =>
    estimate && calibratedInterval(name, estimate, LEVEL);
  const { twonn_bayes, mind_ml_k20, abide, gride_k_star } = further;
  return {
    twonn_fit: plain("twonn_fit", estimates.twonn_fit),
    twonn_fit_i_minus_1: plain("twonn_fit_i_minus_1", estimates.twonn_fit_i_minus_1),
    twonn_mle_unbiased: plain("twonn_mle_unbiased", estimates.twonn_mle_unbiased),
    twonn_mle_censored_90: plain("twonn_mle_censored_90", estimates.twonn_mle_censored_90),
    twonn_bayes: plain("twonn_bayes", twonn_bayes),
    mind_ml_k20: plain("mind_ml_k20", mind_ml_k20),
    abide: plain("abide", abide),
    gride_k_star: plain("gride_k_star", gride_k_star),
    correlation_dimension: plain("correlation_dimension", further.correlation_dimension),
    local_pca_k50: plain("local_pca_k50", further.local_pca_k50),
    levina_bickel_k20: estimates.levina_bickel_k20 && levinaBickelIntervals(lists),
    gride: estimates.gride.map(({ n1, n2, id, err }) =>
      calibratedInterval(
        `gride_${n1}_${n2}` as SpreadName,
        { value: id, standardError: err },
        LEVEL,
      )
    ),
  };
}

function levinaBickelIntervals(lists: NeighbourLists) {
  const estimates = levinaBickelEstimates(lists, LEVINA_BICKEL_NEIGHBOURS);
  const around = (name: SpreadName, estimate: Estimate) =>
    calibratedInterval(name, estimate, LEVEL);
  return {
    harmonic: around("levina_bickel_k20_harmonic", estimates.harmonic),
    mean: around("levina_bickel_k20_mean", estimates.mean),
    mean_k_minus_2: around("levina_bickel_k20_mean", estimates.mean_k_minus_2),
    median: around("levina_bickel_k20_median", estimates.median),
  };
}
