/**
 * The noise that stability is measured with (Huang et al. 2023).
 *
 * @module
 */
import type { RandomStream } from "../base/mod.ts";

/** Standard deviation, in units of the network's normalised input. */
export const NOISE_DEVIATION = 0.2;

/** Largest change of a value. */
export const NOISE_LIMIT = 0.25;

/** Adds clipped Gaussian noise to a network's input. */
export function withNoise(pixels: Float32Array, random: RandomStream): Float32Array {
  return pixels.map((value) =>
    value + Math.min(NOISE_LIMIT, Math.max(-NOISE_LIMIT, NOISE_DEVIATION * random.normal()))
  );
}
