/**
 * All distances of a small set, as float64 sums of squared differences.
 *
 * @module
 */
import type { DistanceMatrix } from "./neighbour_lists.ts";

/**
 * @param points n x d, row-major.
 * @returns n x n. Costs n^2 d / 2 operations.
 */
export function exactDistances(
  points: Float32Array | Float64Array,
  n: number,
  d: number,
): DistanceMatrix {
  const squared = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      let sum = 0;
      for (let f = 0; f < d; f++) {
        const difference = points[i * d + f]! - points[j * d + f]!;
        sum += difference * difference;
      }
      squared[i * n + j] = sum;
      squared[j * n + i] = sum;
    }
  }
  return { n, squared };
}
