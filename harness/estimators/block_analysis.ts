/**
 * The estimate on ever smaller disjoint parts of the data: does it depend on the scale? (Facco et al.
 * 2017, Figure 3; Ansuini et al. 2019, Figure 2B.)
 *
 * @module
 */
import { permutation, type RandomStream } from "../base/mod.ts";
import { mean, populationDeviation } from "../stats/mod.ts";
import { type DistanceMatrix, listsWithin } from "./neighbour_lists.ts";
import { logRatios, twonnFit } from "./twonn.ts";

/** The estimate on b blocks. */
export interface BlockEstimate {
  readonly blocks: number;
  /** Points in each block: floor(n / blocks). */
  readonly points: number;
  readonly mean: number;
  /** Population standard deviation over the blocks; 0 for one block. */
  readonly std_population: number;
}

/** Points that a block needs to say anything. */
const FEWEST_POINTS = 20;

/**
 * @param random Where the random blocks come from; contiguous blocks without it.
 * @returns An entry for b = 1, 2, ... `most` blocks, while blocks have at least 20 points.
 * @throws {RangeError} When fewer than three points of a block have a ratio.
 */
export function blockAnalysis(
  matrix: DistanceMatrix,
  random: RandomStream | undefined,
  most = 20,
): BlockEstimate[] {
  const estimates: BlockEstimate[] = [];
  for (let blocks = 1; blocks <= most; blocks++) {
    const points = Math.floor(matrix.n / blocks);
    if (points < FEWEST_POINTS) break;
    const order = random
      ? permutation(random, matrix.n)
      : Int32Array.from({ length: matrix.n }, (_, i) => i);
    const values = Array.from({ length: blocks }, (_, block) => {
      const members = order.slice(block * points, (block + 1) * points).sort();
      return twonnFit(logRatios(listsWithin(matrix, members, 2))).value;
    });
    estimates.push({
      blocks,
      points,
      mean: mean(values),
      std_population: populationDeviation(values),
    });
  }
  return estimates;
}
