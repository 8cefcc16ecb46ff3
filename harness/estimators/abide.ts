/**
 * Dimension and neighbourhoods that agree: the dimension gives each point its largest neighbourhood of
 * constant density, the neighbourhoods give the dimension, and so on (ABIDE: Di Noia, Macocco, Glielmo,
 * Laio and Mira, arXiv 2405.15132; in DADApy `return_ids_kstar_binomial` and `return_ids_kstar_gride`).
 *
 * @module
 */
import { kStar } from "./k_star.ts";
import type { NeighbourLists } from "./neighbour_lists.ts";
import { fisherError, likeliestDimension, type OrderRatio } from "./order_ratios.ts";
import { type Estimate, logRatios, twonnFit } from "./twonn.ts";

/** The last estimate and how it was reached. */
export interface AdaptiveEstimate extends Estimate {
  /** The estimate of each iteration, `value` last. */
  readonly iterates: readonly number[];
  /** Mean number of neighbours in the neighbourhoods that gave `value`. */
  readonly mean_neighbours: number;
  /** Share of the points whose neighbourhood would have been larger than the lists: 0 is wanted. */
  readonly truncated: number;
}

/** Where and how long to iterate. */
export interface AdaptiveOptions {
  /** First dimension; `twonnFit` unless told. */
  readonly initial?: number;
  readonly iterations?: number;
}

const ITERATIONS = 5;

/** Ratio of volumes at which the binomial estimate is most certain, and the largest ratio of radii. */
const BEST_VOLUME_RATIO = 0.2032;
const LARGEST_RADIUS_RATIO = 0.975;

/**
 * ABIDE: of the k* - 1 neighbours within the radius R of the k*-th, n lie within t R; the means over the
 * points give d = log(<n> / <k* - 1>) / log t, with t^d = 0.2032 at the last estimate and t <= 0.975.
 *
 * @returns With the Cramer-Rao error sqrt((t^-d - 1) / (N <k* - 1>)) / |log t|, which takes
 * neighbourhoods for independent; they overlap, so it is 0.6 to 0.8 of the spread over Gaussian clouds of
 * 200 points and 2 to 10 dimensions. Points with k* identical twins are left out.
 * @throws {RangeError} When fewer than 5 neighbours are listed, or no neighbours or all of them lie
 * within t R.
 */
export function abide(lists: NeighbourLists, options: AdaptiveOptions = {}): AdaptiveEstimate {
  return adapt(lists, options, (d, neighbours) => {
    const ratio = Math.min(LARGEST_RADIUS_RATIO, BEST_VOLUME_RATIO ** (1 / d));
    const { n, k, distance } = lists;
    let inner = 0;
    let outer = 0;
    for (let i = 0; i < n; i++) {
      const row = distance.subarray(i * k, i * k + neighbours[i]!);
      const radius = ratio * row.at(-1)!;
      if (radius === 0) continue;
      outer += row.length - 1;
      inner += row.findIndex((r) => r > radius);
    }
    if (inner === 0 || inner === outer) {
      throw new RangeError(
        `Cannot estimate a dimension: ${inner} of ${outer} neighbours lie within ${ratio} of the ` +
          "farthest, wanted some and not all",
      );
    }
    const value = Math.log(inner / outer) / Math.log(ratio);
    return {
      value,
      standardError: Math.sqrt((ratio ** -value - 1) / outer) / -Math.log(ratio),
    };
  });
}

/**
 * Gride at each point's own scale: the ranks n2 = k*, made even, and n1 = n2 / 2. Points with n1
 * identical twins, or whose two distances are equal, are left out.
 *
 * @returns With the Fisher error, 0.5 to 0.7 of the spread over the same clouds.
 * @throws {RangeError} When fewer than 5 neighbours are listed or no dimension between 0.001 and 1000 is
 * likeliest.
 */
export function kStarGride(
  lists: NeighbourLists,
  options: AdaptiveOptions = {},
): AdaptiveEstimate {
  return adapt(lists, options, (_, neighbours) => {
    const ratios: OrderRatio[] = [];
    for (let i = 0; i < lists.n; i++) {
      const n1 = Math.ceil(neighbours[i]! / 2);
      const near = lists.distance[i * lists.k + n1 - 1]!;
      const far = lists.distance[i * lists.k + 2 * n1 - 1]!;
      if (near > 0 && far > near) ratios.push({ log: Math.log(far / near), n1, n2: 2 * n1 });
    }
    const value = likeliestDimension(ratios, ratios.length - 1);
    if (value === undefined) {
      throw new RangeError(
        `Cannot estimate a dimension: the likelihood of ${ratios.length} ratios has no maximum`,
      );
    }
    return { value, standardError: fisherError(ratios, value) };
  });
}

function adapt(
  lists: NeighbourLists,
  { initial, iterations = ITERATIONS }: AdaptiveOptions,
  estimateWithin: (dimension: number, neighbours: Int32Array) => Estimate,
): AdaptiveEstimate {
  const iterates: number[] = [];
  let estimate: Estimate = { value: initial ?? twonnFit(logRatios(lists)).value, standardError: 0 };
  let neighbours: Int32Array = new Int32Array();
  for (let iteration = 0; iteration < iterations; iteration++) {
    neighbours = kStar(lists, estimate.value);
    estimate = estimateWithin(estimate.value, neighbours);
    iterates.push(estimate.value);
  }
  const total = neighbours.reduce((sum, count) => sum + count, 0);
  const ended = neighbours.filter((count) => count === lists.k - 1).length;
  return {
    ...estimate,
    iterates,
    mean_neighbours: total / lists.n,
    truncated: ended / lists.n,
  };
}
