/**
 * Squared distances of chosen pairs as float64 sums of squared differences of float32 features.
 *
 * @module
 */
import type { Features } from "./features.ts";

/**
 * @param left, right The pairs, by point; equal lengths.
 * @returns One squared Euclidean distance a pair. Reads every slab once.
 */
export function squaredDistances(
  features: Features,
  left: readonly number[],
  right: readonly number[],
): Float64Array {
  const sums = new Float64Array(left.length);
  for (let slab = 0; slab < features.slabs; slab++) {
    const width = features.width(slab);
    const values = features.read(slab, 0, features.points);
    for (let pair = 0; pair < left.length; pair++) {
      sums[pair] = sums[pair]! + sumOfSquares(
        values,
        left[pair]! * width,
        right[pair]! * width,
        width,
      );
    }
  }
  return sums;
}

/** Four partial sums, so that additions need not wait for each other. */
function sumOfSquares(values: Float32Array, a: number, b: number, width: number): number {
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  const whole = width - width % 4;
  for (let i = 0; i < whole; i += 4) {
    const d0 = values[a + i]! - values[b + i]!;
    const d1 = values[a + i + 1]! - values[b + i + 1]!;
    const d2 = values[a + i + 2]! - values[b + i + 2]!;
    const d3 = values[a + i + 3]! - values[b + i + 3]!;
    s0 += d0 * d0;
    s1 += d1 * d1;
    s2 += d2 * d2;
    s3 += d3 * d3;
  }
  for (let i = whole; i < width; i++) {
    const d = values[a + i]! - values[b + i]!;
    s0 += d * d;
  }
  return s0 + s1 + s2 + s3;
}
