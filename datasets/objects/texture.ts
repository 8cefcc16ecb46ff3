/**
 * Solid textures: how much of a part's second colour shows at a point of its own frame.
 *
 * @module
 */
import type { RandomStream } from "../../harness/base/mod.ts";
import { between, drawDirection, type Vector } from "./vector.ts";

export const PATTERNS = ["plain", "striped", "checkered", "marbled", "dotted"] as const;
export type Pattern = typeof PATTERNS[number];

/** A texture of one part. */
export interface Texture {
  readonly pattern: Pattern;
  /** Cycles grow with it; 3 to 9. */
  readonly frequency: number;
  /** Across the stripes, of unit length. */
  readonly direction: Vector;
  /** Chooses the noise. */
  readonly seed: number;
}

export function drawTexture(random: RandomStream): Texture {
  return {
    pattern: PATTERNS[random.integer(PATTERNS.length)]!,
    frequency: between(random, 3, 9),
    direction: drawDirection(random),
    seed: random.integer(2 ** 31),
  };
}

/** Radius of a dot, in spacings of their lattice. */
const DOT_RADIUS = 0.38;

/**
 * Weight of the second colour in [0, 1].
 *
 * @param x Position in the part's frame (turned and shifted, not stretched); y and z likewise.
 */
export function textureWeight(
  { pattern, frequency, direction, seed }: Texture,
  x: number,
  y: number,
  z: number,
): number {
  switch (pattern) {
    case "plain":
      return 0;
    case "striped": {
      const along = direction[0] * x + direction[1] * y + direction[2] * z;
      return step(4 * Math.sin(2 * frequency * along));
    }
    case "checkered": {
      const k = 1.4 * frequency;
      return step(6 * Math.sin(k * x) * Math.sin(k * y) * Math.sin(k * z));
    }
    case "marbled":
      return step(5 * (valueNoise(frequency * x, frequency * y, frequency * z, seed) - 0.5));
    case "dotted": {
      const dx = toLattice(frequency * x);
      const dy = toLattice(frequency * y);
      const dz = toLattice(frequency * z);
      return step(20 * (DOT_RADIUS - Math.sqrt(dx * dx + dy * dy + dz * dz)));
    }
  }
}

function step(a: number): number {
  return 0.5 + 0.5 * Math.tanh(a);
}

function toLattice(a: number): number {
  return a - Math.floor(a + 0.5);
}

/** Random values in [0, 1) on the integer lattice, smoothly interpolated. */
function valueNoise(x: number, y: number, z: number, seed: number): number {
  const i = Math.floor(x), j = Math.floor(y), k = Math.floor(z);
  const u = ease(x - i), v = ease(y - j), w = ease(z - k);
  const near = mix(
    mix(latticeValue(i, j, k, seed), latticeValue(i + 1, j, k, seed), u),
    mix(latticeValue(i, j + 1, k, seed), latticeValue(i + 1, j + 1, k, seed), u),
    v,
  );
  const far = mix(
    mix(latticeValue(i, j, k + 1, seed), latticeValue(i + 1, j, k + 1, seed), u),
    mix(latticeValue(i, j + 1, k + 1, seed), latticeValue(i + 1, j + 1, k + 1, seed), u),
    v,
  );
  return mix(near, far, w);
}

function ease(a: number): number {
  return a * a * (3 - 2 * a);
}

function mix(a: number, b: number, weight: number): number {
  return a + weight * (b - a);
}

/** A 32-bit hash of a lattice point (multipliers: Teschner et al. 2003; mixing: MurmurHash3). */
function latticeValue(i: number, j: number, k: number, seed: number): number {
  let h = Math.imul(i, 73856093) ^ Math.imul(j, 19349663) ^ Math.imul(k, 83492791) ^ seed;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}
