/**
 * Randomness as a value. A stream is named by the path that leads to it (seed, experiment, cell,
 * axis), so that adding a draw in one place never shifts the numbers drawn in another.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";

/** A seeded source of random numbers (xoroshiro128+, Blackman and Vigna 2018). */
export interface RandomStream {
  /** Uniform in [0, 1) with 53 random bits. */
  uniform(): number;
  /** Uniform integer in [0, bound). */
  integer(bound: number): number;
  /** Standard normal (Box-Muller). */
  normal(): number;
}

/**
 * The stream with the given name.
 *
 * @param seed Base seed of the run.
 * @param path Names of the axes that lead to this stream, outermost first.
 */
export function randomStream(seed: number, ...path: readonly (string | number)[]): RandomStream {
  const digest = createHash("sha256").update(JSON.stringify([seed, ...path])).digest();
  const generator = xoroshiro128plusFromState([0, 4, 8, 12].map((at) => digest.readInt32LE(at)));
  let spare: number | undefined;
  return {
    uniform: () => uniformFloat64(generator),
    integer: (bound) => uniformInt(generator, 0, bound - 1),
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(generator)));
      const angle = 2 * Math.PI * uniformFloat64(generator);
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
  };
}

/** A uniformly random order of 0 .. n-1 (Fisher-Yates). */
export function permutation(random: RandomStream, n: number): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** `size` different members of 0 .. n-1, ascending. */
export function sampleWithoutReplacement(
  random: RandomStream,
  n: number,
  size: number,
): Int32Array {
  return permutation(random, n).slice(0, size).sort();
}
