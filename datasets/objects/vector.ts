/**
 * Directions and rotations in space.
 *
 * @module
 */
import type { RandomStream } from "../../harness/base/mod.ts";

export type Vector = readonly [number, number, number];

/** Rows of a rotation matrix: the axes of the new frame in coordinates of the old. */
export type Rotation = readonly [Vector, Vector, Vector];

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function norm(a: Vector): number {
  return Math.sqrt(dot(a, a));
}

/** factor a + b. */
export function scaleAdd(factor: number, a: Vector, b: Vector): Vector {
  return [factor * a[0] + b[0], factor * a[1] + b[1], factor * a[2] + b[2]];
}

export function scaled(factor: number, a: Vector): Vector {
  return [factor * a[0], factor * a[1], factor * a[2]];
}

/** R a: coordinates in the new frame. */
export function rotate(rotation: Rotation, a: Vector): Vector {
  return [dot(rotation[0], a), dot(rotation[1], a), dot(rotation[2], a)];
}

/** R^T, the inverse. */
export function transposed([a, b, c]: Rotation): Rotation {
  return [[a[0], b[0], c[0]], [a[1], b[1], c[1]], [a[2], b[2], c[2]]];
}

/** A B: first B, then A. */
export function composed(a: Rotation, b: Rotation): Rotation {
  const columns = transposed(b);
  return transposed([rotate(a, columns[0]), rotate(a, columns[1]), rotate(a, columns[2])]);
}

/** Uniform on the unit sphere. */
export function drawDirection(random: RandomStream): Vector {
  const vector: Vector = [random.normal(), random.normal(), random.normal()];
  return scaled(1 / norm(vector), vector);
}

/** Uniform over all rotations: the matrix of a random unit quaternion. */
export function drawRotation(random: RandomStream): Rotation {
  const raw = [random.normal(), random.normal(), random.normal(), random.normal()] as const;
  const length = Math.hypot(...raw);
  const [w, x, y, z] = [raw[0] / length, raw[1] / length, raw[2] / length, raw[3] / length];
  return [
    [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
    [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
    [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
  ];
}

/** Uniform in [low, high). */
export function between(random: RandomStream, low: number, high: number): number {
  return low + (high - low) * random.uniform();
}
