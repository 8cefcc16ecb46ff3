/**
 * MiND_MLk: maximum likelihood of the ratio rho of the distances to the nearest and the (k+1)-th
 * neighbour, which has the density k d rho^(d-1) (1 - rho^d)^(k-1) where the density of points is
 * constant (Rozza, Lombardi, Ceruti, Casiraghi and Campadelli, Machine Learning 89:37, 2012; the
 * program is scikit-dimension's MiND_ML). It is Gride's likelihood at the ranks 1 and k + 1.
 *
 * @module
 */
import type { NeighbourLists } from "./neighbour_lists.ts";
import { fisherError, likeliestDimension, type OrderRatio } from "./order_ratios.ts";
import type { Estimate } from "./twonn.ts";

/**
 * Points with an identical twin, and points whose k + 1 neighbours are equally far, are left out.
 *
 * @param k Neighbours closer than the one that sets the scale.
 * @returns The likeliest dimension with its Fisher error, 0.82 to 0.88 of the spread over Gaussian clouds
 * of 200 points and 2 to 10 dimensions.
 * @throws {RangeError} When fewer than k + 1 neighbours are listed or no dimension between 0.001 and
 * 1000 is likeliest.
 */
export function mindMl(lists: NeighbourLists, k = 20): Estimate {
  const n2 = k + 1;
  if (lists.k < n2) {
    throw new RangeError(`Cannot use MiND_MLk with k = ${k}: ${lists.k} neighbours are listed`);
  }
  const ratios: OrderRatio[] = [];
  for (let i = 0; i < lists.n; i++) {
    const nearest = lists.distance[i * lists.k]!;
    const farthest = lists.distance[i * lists.k + n2 - 1]!;
    if (nearest > 0 && farthest > nearest) {
      ratios.push({ log: Math.log(farthest / nearest), n1: 1, n2 });
    }
  }
  const value = likeliestDimension(ratios, ratios.length);
  if (value === undefined) {
    throw new RangeError(
      `Cannot use MiND_MLk: the likelihood of ${ratios.length} ratios has no maximum between 0.001 ` +
        "and 1000",
    );
  }
  return { value, standardError: fisherError(ratios, value) };
}
