/**
 * How far a Gram matrix in float32 is from the exact one, found without computing the exact one.
 *
 * @module
 */
import { randomStream } from "../../base/mod.ts";
import type { StandardisedBlock } from "./standardise.ts";

/**
 * Sums (Z Z^T) v, or (Z^T Z) v, in float64 for a vector v of random signs while the blocks of Z go by.
 * The mean square of the difference from G v over the signs is the squared Frobenius norm of the error
 * of G over its side.
 */
export class GramProbe {
  /** Squared norms of the points. */
  readonly squaredNorms: Float64Array;
  readonly #byPoints: boolean;
  readonly #signs: Float64Array;
  readonly #image: Float64Array;
  #firstRow = 0;

  /** @param byPoints Whether G is Z Z^T, and blocks hold some columns of all rows. */
  constructor(points: number, side: number, byPoints: boolean) {
    const random = randomStream(0, "probe of a Gram matrix");
    this.squaredNorms = new Float64Array(points);
    this.#byPoints = byPoints;
    this.#signs = Float64Array.from({ length: side }, () => 2 * random.integer(2) - 1);
    this.#image = new Float64Array(side);
  }

  /** Takes the next block in. */
  add(block: StandardisedBlock): void {
    if (this.#byPoints) this.#addColumns(block);
    else this.#addRows(block);
  }

  /** |(G - exact G) v| / |v|. */
  residual(gram: Float64Array): number {
    const side = this.#signs.length;
    let sum = 0;
    for (let i = 0; i < side; i++) {
      let difference = -this.#image[i]!;
      for (let j = 0; j < side; j++) difference += gram[i * side + j]! * this.#signs[j]!;
      sum += difference ** 2;
    }
    return Math.sqrt(sum / side);
  }

  #addColumns({ rows, width, values }: StandardisedBlock): void {
    const inner = new Float64Array(width);
    for (let row = 0; row < rows; row++) {
      const line = values.subarray(row * width, (row + 1) * width);
      const squares = addMultiple(inner, this.#signs[row]!, line);
      this.squaredNorms[row] = this.squaredNorms[row]! + squares;
    }
    for (let row = 0; row < rows; row++) {
      const line = values.subarray(row * width, (row + 1) * width);
      this.#image[row] = this.#image[row]! + dot(line, inner);
    }
  }

  #addRows({ rows, width, values }: StandardisedBlock): void {
    for (let row = 0; row < rows; row++) {
      const line = values.subarray(row * width, (row + 1) * width);
      const squares = addMultiple(this.#image, dot(line, this.#signs), line);
      this.squaredNorms[this.#firstRow + row] = squares;
    }
    this.#firstRow += rows;
  }
}

/** Four partial sums, so that additions need not wait for each other. */
function dot(values: Float32Array, vector: Float64Array): number {
  let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  const whole = values.length - values.length % 4;
  for (let i = 0; i < whole; i += 4) {
    s0 += values[i]! * vector[i]!;
    s1 += values[i + 1]! * vector[i + 1]!;
    s2 += values[i + 2]! * vector[i + 2]!;
    s3 += values[i + 3]! * vector[i + 3]!;
  }
  for (let i = whole; i < values.length; i++) s0 += values[i]! * vector[i]!;
  return s0 + s1 + s2 + s3;
}

/** Adds a multiple of the values to the sums; gives the sum of their squares. */
function addMultiple(sums: Float64Array, factor: number, values: Float32Array): number {
  let s0 = 0, s1 = 0;
  const whole = values.length - values.length % 2;
  for (let i = 0; i < whole; i += 2) {
    const [a, b] = [values[i]!, values[i + 1]!];
    sums[i] = sums[i]! + factor * a;
    sums[i + 1] = sums[i + 1]! + factor * b;
    s0 += a * a;
    s1 += b * b;
  }
  if (whole < values.length) {
    const a = values[whole]!;
    sums[whole] = sums[whole]! + factor * a;
    s0 += a * a;
  }
  return s0 + s1;
}
