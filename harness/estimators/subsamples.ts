/**
 * The paper's error bar: the spread of the estimate over random 90 % of the points. Subsamples share
 * most of their points, so it is too small: for Gaussian clouds of 2 to 200 dimensions and 400 points
 * it is 0.54 of the spread over fresh clouds, and 0.7 to 0.6 of d/sqrt(N). (It would be the third of
 * d/sqrt(N) that sqrt(0.1/0.9) suggests if the ratios stayed as they are; but neighbours change too.)
 *
 * @module
 */
import { type RandomStream, sampleWithoutReplacement } from "../base/mod.ts";
import { mean, populationDeviation } from "../stats/mod.ts";
import { type NeighbourLists, restrictLists } from "./neighbour_lists.ts";
import { logRatios, twonnFit } from "./twonn.ts";

/** Mean and spread over subsamples. */
export interface SubsampleEstimate {
  readonly mean: number;
  readonly std_population: number;
  readonly repeats: number;
  readonly fraction: number;
}

/**
 * `twonnFit` over random subsamples of floor(fraction n) points.
 *
 * @throws {RangeError} When fewer than three points of a subsample have a ratio.
 */
export function subsampleEstimate(
  lists: NeighbourLists,
  random: RandomStream,
  repeats = 20,
  fraction = 0.9,
): SubsampleEstimate {
  const size = Math.floor(lists.n * fraction);
  const values = Array.from({ length: repeats }, () => {
    const subset = sampleWithoutReplacement(random, lists.n, size);
    return twonnFit(logRatios(restrictLists(lists, subset, 2))).value;
  });
  return { mean: mean(values), std_population: populationDeviation(values), repeats, fraction };
}
