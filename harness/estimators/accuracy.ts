/**
 * How far each estimator is off on manifolds of known dimension.
 *
 * @module
 */
import { randomStream } from "../base/mod.ts";
import { abide, kStarGride } from "./abide.ts";
import { correlationDimension } from "./correlation_dimension.ts";
import { exactDistances } from "./exact_distances.ts";
import { gride } from "./gride.ts";
import { levinaBickel } from "./levina_bickel.ts";
import { localPca } from "./local_pca.ts";
import { drawCloud, type Manifold } from "./manifolds.ts";
import { mindMl } from "./mind_ml.ts";
import { type DistanceMatrix, listsFromMatrix, type NeighbourLists } from "./neighbour_lists.ts";
import { logRatios, twonnCensored, twonnFit, twonnUnbiased } from "./twonn.ts";

/** Neighbours that the estimators see, as many as a profile keeps. */
const NEIGHBOURS = 64;

type Estimator = (lists: NeighbourLists, matrix: DistanceMatrix) => number;

/** Every estimator under the name that it has in tables. */
const ESTIMATORS = {
  twonn_fit: (lists) => twonnFit(logRatios(lists)).value,
  twonn_mle_unbiased: (lists) => twonnUnbiased(logRatios(lists)).value,
  twonn_mle_censored_90: (lists) => twonnCensored(logRatios(lists)).value,
  gride_4_8: (lists) => gride(lists).find(({ n1 }) => n1 === 4)!.id,
  gride_32_64: (lists) => gride(lists).find(({ n1 }) => n1 === 32)!.id,
  levina_bickel_k20_harmonic: (lists) => levinaBickel(lists, 20).harmonic,
  mind_mlk_k20: (lists) => mindMl(lists, 20).value,
  abide_k64: (lists) => abide(lists).value,
  kstar_gride_k64: (lists) => kStarGride(lists).value,
  correlation_dimension_10_20: (_, matrix) => correlationDimension(matrix).value,
  local_pca_k50: (_, matrix) => localPca(matrix).value,
} as const satisfies Record<string, Estimator>;

/** Name of an estimator in the accuracy table. */
export type EstimatorName = keyof typeof ESTIMATORS;

/** The names in the order of the table. */
export const ESTIMATOR_NAMES = Object.keys(ESTIMATORS) as EstimatorName[];

/** Estimates of one cloud by name. */
export type CloudEstimates = Readonly<Record<EstimatorName, number>>;

/** Estimates of one cloud, the `repeat`-th of its manifold and number of points. */
export function estimateCloud(
  manifold: Manifold,
  points: number,
  seed: number,
  repeat: number,
): CloudEstimates {
  const { kind, dimension } = manifold;
  const random = randomStream(seed, "accuracy", kind, dimension, points, repeat);
  const { values, coordinates } = drawCloud(manifold, points, random);
  const matrix = exactDistances(values, points, coordinates);
  const lists = listsFromMatrix(matrix, NEIGHBOURS);
  return Object.fromEntries(
    ESTIMATOR_NAMES.map((name) => [name, ESTIMATORS[name](lists, matrix)]),
  ) as CloudEstimates;
}
