/**
 * The paper's error bar: the spread of the estimate over random 90 % of the points. Subsamples share
 * most of their points, so this is about a third of the true standard error d/sqrt(N) where points are
 * independent; both are reported.
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

/** `twonnFit` over random subsamples of floor(fraction n) points. */
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
