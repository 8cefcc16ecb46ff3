/**
 * The permutation test of a correlation, which asks for no distribution of the values.
 *
 * @module
 */
import type { RandomStream } from "../base/mod.ts";
import { pearsonCorrelation, type Point } from "./pearson.ts";
import { permutationTestLess } from "./permutation.ts";

/**
 * Two-sided p-value: the share of orders of y with an |r| as large; over all orders up to eight points,
 * over random ones beyond. With ranked points it is the test of Spearman's correlation.
 */
export function correlationPermutationTest(
  points: readonly Point[],
  random: RandomStream,
): { pValue: number; orders: number } {
  const minusSize = (order: readonly number[]) =>
    -Math.abs(pearsonCorrelation(order.map((y, at) => ({ x: points[at]!.x, y }))));
  return permutationTestLess(points.map(({ y }) => y), minusSize, random);
}
