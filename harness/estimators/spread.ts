/**
 * How far estimates really spread. Standard errors take the ratios of distances at different points for
 * independent, but neighbourhoods overlap, and intervals come out too narrow: over Gaussian clouds of 400
 * points 95 % mean 80 to 93. Clouds of known dimension show by how much to widen them.
 *
 * @module
 */
import type { RandomStream } from "../base/mod.ts";
import { normalQuantile } from "../stats/mod.ts";
import { abide, kStarGride } from "./abide.ts";
import { correlationDimension } from "./correlation_dimension.ts";
import { exactDistances } from "./exact_distances.ts";
import { gride } from "./gride.ts";
import { levinaBickelEstimates } from "./levina_bickel.ts";
import { localPca } from "./local_pca.ts";
import { drawCloud, type Manifold } from "./manifolds.ts";
import { mindMl } from "./mind_ml.ts";
import { type DistanceMatrix, listsFromMatrix, type NeighbourLists } from "./neighbour_lists.ts";
import table from "./spread_table.json" with { type: "json" };
import { type Estimate, logRatios, twonnCensored, twonnFit, twonnUnbiased } from "./twonn.ts";
import { twonnBayes } from "./twonn_bayes.ts";

/** Neighbours that the estimators see, as many as a profile keeps. */
const NEIGHBOURS = 64;

type Estimator = (lists: NeighbourLists, matrix: DistanceMatrix) => Estimate;

const grideAt = (n1: number): Estimator => (lists) => {
  const { id, err } = gride(lists).find((scale) => scale.n1 === n1)!;
  return { value: id, standardError: err };
};

/** Every estimator that has an interval. */
const ESTIMATORS = {
  twonn_fit: (lists) => twonnFit(logRatios(lists)),
  twonn_fit_i_minus_1: (lists) => twonnFit(logRatios(lists), 1),
  twonn_mle_unbiased: (lists) => twonnUnbiased(logRatios(lists)),
  twonn_mle_censored_90: (lists) => twonnCensored(logRatios(lists)),
  twonn_bayes: (lists) => twonnBayes(logRatios(lists)),
  gride_1_2: grideAt(1),
  gride_2_4: grideAt(2),
  gride_4_8: grideAt(4),
  gride_8_16: grideAt(8),
  gride_16_32: grideAt(16),
  gride_32_64: grideAt(32),
  levina_bickel_k20_harmonic: (lists) => levinaBickelEstimates(lists, 20).harmonic,
  levina_bickel_k20_mean: (lists) => levinaBickelEstimates(lists, 20).mean,
  levina_bickel_k20_median: (lists) => levinaBickelEstimates(lists, 20).median,
  mind_ml_k20: (lists) => mindMl(lists, 20),
  abide: (lists) => abide(lists),
  gride_k_star: (lists) => kStarGride(lists),
  correlation_dimension: (_, matrix) => correlationDimension(matrix),
  local_pca_k50: (_, matrix) => localPca(matrix, 50),
} as const satisfies Record<string, Estimator>;

/** Name of an estimator in the table of spreads. */
export type SpreadName = keyof typeof ESTIMATORS;

/** The names in the order of the table. */
export const SPREAD_NAMES = Object.keys(ESTIMATORS) as SpreadName[];

/** Every estimate of one cloud, with its own standard error. */
export function estimatesWithErrors(
  manifold: Manifold,
  points: number,
  random: RandomStream,
): Readonly<Record<SpreadName, Estimate>> {
  const { values, coordinates } = drawCloud(manifold, points, random);
  const matrix = exactDistances(values, points, coordinates);
  const lists = listsFromMatrix(matrix, NEIGHBOURS);
  return Object.fromEntries(
    SPREAD_NAMES.map((name) => [name, ESTIMATORS[name](lists, matrix)]),
  ) as Record<SpreadName, Estimate>;
}

/**
 * Standard deviation over Gaussian clouds / mean standard error, where clouds give that estimate:
 * interpolated in the logarithm of the estimate, and held beyond the ends of the table. At least 1: that
 * Gaussian clouds spread less than the error says need not hold for other points.
 */
export function spreadFactor(name: SpreadName, estimate: number): number {
  return Math.max(1, tabledFactor(name, estimate));
}

function tabledFactor(name: SpreadName, estimate: number): number {
  const rows = table.rows.map(({ estimators }) => estimators[name]);
  const above = rows.findIndex(({ mean }) => mean >= estimate);
  if (above <= 0) return (above < 0 ? rows.at(-1)! : rows[0]!).factor;
  const [low, high] = [rows[above - 1]!, rows[above]!];
  const share = Math.log(estimate / low.mean) / Math.log(high.mean / low.mean);
  return low.factor + share * (high.factor - low.factor);
}

/**
 * The estimate and so many calibrated standard errors around it: where estimates of other points from the
 * same distribution, as many, would lie. It does not know of the bias at that number of points.
 *
 * @param level Confidence level, in (0, 1).
 */
export function calibratedInterval(
  name: SpreadName,
  { value, standardError }: Estimate,
  level: number,
): readonly [number, number] {
  const reach = normalQuantile((1 + level) / 2) * spreadFactor(name, value) * standardError;
  return [value - reach, value + reach];
}
