/**
 * Every estimate from one pass over the neighbours, under the names of `result.json`.
 *
 * @module
 */
import type { RandomStream } from "../base/mod.ts";
import { blockAnalysis, type BlockEstimate } from "./block_analysis.ts";
import { gride, type GrideEstimate } from "./gride.ts";
import { type Hubness, hubness } from "./hubness.ts";
import { levinaBickel, type LevinaBickelEstimate } from "./levina_bickel.ts";
import type { DistanceMatrix, NeighbourLists } from "./neighbour_lists.ts";
import { type SubsampleEstimate, subsampleEstimate } from "./subsamples.ts";
import { type Estimate, logRatios, twonnCensored, twonnFit, twonnUnbiased } from "./twonn.ts";

/** The estimates of the dimension of one set of points. */
export interface AllEstimates {
  readonly twonn_fit: Estimate;
  readonly twonn_fit_i_minus_1: Estimate;
  readonly twonn_mle_unbiased: Estimate;
  readonly twonn_mle_censored_90: Estimate;
  readonly twonn_fit_subsamples: SubsampleEstimate;
  readonly levina_bickel_k20: LevinaBickelEstimate | null;
  readonly gride: GrideEstimate[];
  readonly block_analysis: BlockEstimate[];
}

/** Version of everything below; part of every cell whose artifact holds estimates. */
export const ESTIMATORS_VERSION = 2;

/** Neighbours of the Levina-Bickel estimate. */
const LEVINA_BICKEL_NEIGHBOURS = 20;

/**
 * @param matrix For the block analysis, which is left out without it.
 * @param random For subsamples and blocks.
 * @returns Estimates, the number of points they rest on and the number of points with a twin.
 * @throws {RangeError} When too few points differ from each other.
 */
export function estimateAll(
  lists: NeighbourLists,
  matrix: DistanceMatrix | undefined,
  random: RandomStream,
): { n: number; duplicates: number; hub: Hubness; estimates: AllEstimates } {
  const ratios = logRatios(lists);
  return {
    n: ratios.sorted.length,
    duplicates: ratios.duplicates,
    hub: hubness(lists),
    estimates: {
      twonn_fit: twonnFit(ratios),
      twonn_fit_i_minus_1: twonnFit(ratios, 1),
      twonn_mle_unbiased: twonnUnbiased(ratios),
      twonn_mle_censored_90: twonnCensored(ratios),
      twonn_fit_subsamples: subsampleEstimate(lists, random),
      levina_bickel_k20: lists.k >= LEVINA_BICKEL_NEIGHBOURS
        ? levinaBickel(lists, LEVINA_BICKEL_NEIGHBOURS)
        : null,
      gride: gride(lists),
      block_analysis: matrix ? blockAnalysis(matrix, random) : [],
    },
  };
}
