/**
 * All distances of a small set, as float64 sums of squared differences.
 *
 * @module
 */
import type { DistanceMatrix } from "./neighbour_lists.ts";
import { NonFiniteFeatureError } from "./non_finite.ts";

/**
 * @param points n x d, row-major.
 * @returns n x n. Costs n^2 d / 2 operations.
 * @throws {RangeError} When there are not n x d values.
 * @throws {NonFiniteFeatureError} When a value is NaN or infinite.
 */
export function exactDistances(
  points: Float32Array | Float64Array,
  n: number,
  d: number,
): DistanceMatrix {
  if (points.length !== n * d) {
    throw new RangeError(
      `Cannot measure distances: ${points.length} values, wanted ${n} points of ${d} features`,
    );
  }
  const broken = points.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0) {
    throw new NonFiniteFeatureError(Math.floor(broken / d), broken % d, points[broken]!);
  }
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
