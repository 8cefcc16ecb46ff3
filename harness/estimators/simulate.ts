/**
 * Point clouds of known dimension, and what TwoNN makes of them.
 *
 * @module
 */
import { type RandomStream, randomStream } from "../base/mod.ts";
import { exactDistances } from "./exact_distances.ts";
import { listsFromMatrix } from "./neighbour_lists.ts";
import { logRatios, twonnFit } from "./twonn.ts";

/** The standard Gaussian, or the uniform distribution on the unit hypercube. */
export type CloudKind = "gaussian" | "hypercube";

const COORDINATE: Readonly<Record<CloudKind, (random: RandomStream) => number>> = {
  gaussian: (random) => random.normal(),
  hypercube: (random) => random.uniform(),
};

/** Which clouds are drawn. */
export interface Simulation {
  readonly kind: CloudKind;
  readonly dimension: number;
  readonly points: number;
  /** Independent clouds. */
  readonly repeats: number;
  readonly seed: number;
}

/**
 * `twonnFit` of independent clouds.
 *
 * @returns One estimate a cloud. Costs repeats x points^2 x dimension / 2 operations.
 */
export function simulate({ kind, dimension, points, repeats, seed }: Simulation): number[] {
  return Array.from({ length: repeats }, (_, repeat) => {
    const random = randomStream(seed, "calibration", kind, dimension, points, repeat);
    const coordinate = COORDINATE[kind];
    const cloud = Float64Array.from({ length: points * dimension }, () => coordinate(random));
    const matrix = exactDistances(cloud, points, dimension);
    return twonnFit(logRatios(listsFromMatrix(matrix, 2))).value;
  });
}
