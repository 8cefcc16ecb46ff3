/**
 * For each point the largest neighbourhood in which the density still looks constant (Rodriguez,
 * d'Errico, Facco and Laio, J. Chem. Theory Comput. 14:1206, 2018; in DADApy `compute_kstar`).
 *
 * @module
 */
import { normalQuantile } from "../stats/mod.ts";
import type { NeighbourLists } from "./neighbour_lists.ts";

/** Chance of refusing a neighbour although the density is constant. */
const SIGNIFICANCE = 1e-6;

/** The first neighbour that is tested. */
const FIRST_TESTED = 4;

/**
 * k*, by point. Neighbour j = 4, 5, ... of point i is accepted while the volumes v = r^d that hold their
 * j - 1 nearest neighbours do not differ: the likelihood ratio of two densities against one is
 * 4 (j - 1) log cosh(log(v_i / v_j) / 2), and has to stay below the chi-square quantile (one degree of
 * freedom) of 1e-6. k* is j - 1 for the first j that is refused.
 *
 * @param dimension The dimension d that turns radii into volumes.
 * @returns At least 3 and at most lists.k - 1, where it says only that the lists end.
 * @throws {RangeError} When fewer than 5 neighbours are listed.
 */
export function kStar(lists: NeighbourLists, dimension: number): Int32Array {
  const { n, k, index, distance } = lists;
  if (k <= FIRST_TESTED) {
    throw new RangeError(`Cannot adapt neighbourhoods: ${k} neighbours are listed, wanted 5`);
  }
  const threshold = normalQuantile(SIGNIFICANCE / 2) ** 2;
  return Int32Array.from({ length: n }, (_, i) => {
    let j = FIRST_TESTED;
    for (; j < k; j++) {
      const own = distance[i * k + j - 2]!;
      const other = distance[index[i * k + j - 1]! * k + j - 2]!;
      const difference = own === other ? 0 : dimension * Math.log(own / other);
      if (4 * (j - 1) * logCosh(difference / 2) > threshold) break;
    }
    return j - 1;
  });
}

/** log cosh x without overflow. */
function logCosh(x: number): number {
  const size = Math.abs(x);
  return size + Math.log1p(Math.exp(-2 * size)) - Math.LN2;
}
