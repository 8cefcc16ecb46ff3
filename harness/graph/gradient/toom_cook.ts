/**
 * Short correlations with few multiplications: Toom and Cook's algorithm, which Winograd (1980) made
 * into filters and Lavin and Gray (2016) into convolutions.
 *
 * @module
 */

/** A matrix by rows. */
export type Matrix = readonly (readonly number[])[];

/** y = output (weights w * data x), where * multiplies element by element. */
export interface Bilinear {
  /** [points, inputs] */
  readonly data: Matrix;
  /** [points, taps] */
  readonly weights: Matrix;
  /** [outputs, points] */
  readonly output: Matrix;
}

/** Where the polynomials are evaluated, besides at infinity; small numbers keep rounding errors small. */
const POINTS = [0, 1, -1, 2, -2];

/** The most multiplications of one correlation: with more points rounding errors grow fast. */
export const MOST_POINTS = POINTS.length + 1;

/**
 * y[j] = sum over l of x[j + l] w[l], for `outputs` values of j, with outputs + taps - 1 multiplications.
 *
 * With the points p and N_i = prod over q != i of (p_i - p_q), the value z^(j + l) is interpolated from
 * its values p_i^(j + l) by the polynomials M_i(z) / N_i, M_i(z) = prod over q != i of (z - p_q); the
 * point at infinity adds what the interpolation of the highest power lacks.
 *
 * @throws {RangeError} When it needs more than `MOST_POINTS` multiplications.
 */
export function toomCook(outputs: number, taps: number): Bilinear {
  const count = outputs + taps - 1;
  if (count > MOST_POINTS) {
    throw new RangeError(`${count} multiplications, wanted at most ${MOST_POINTS}`);
  }
  const points = POINTS.slice(0, count - 1);
  const others = (i: number) => points.filter((_, q) => q !== i);
  const scale = (i: number) => others(i).reduce((product, q) => product * (points[i]! - q), 1);
  const powers = (p: number, length: number) => Array.from({ length }, (_, power) => p ** power);
  const last = (length: number) => Array.from({ length }, (_, i) => i === length - 1 ? 1 : 0);
  const columns = [...points.map((p) => powers(p, outputs)), last(outputs)];
  return {
    data: [...points.map((_, i) => [...polynomial(others(i)), 0]), polynomial(points)],
    weights: [
      ...points.map((p, i) => powers(p, taps).map((power) => power / scale(i))),
      last(taps),
    ],
    output: Array.from({ length: outputs }, (_, j) => columns.map((column) => column[j]!)),
  };
}

/** Coefficients, lowest first, of the polynomial with these roots. */
function polynomial(roots: readonly number[]): number[] {
  return roots.reduce<number[]>(
    (coefficients, root) =>
      [0, ...coefficients].map((shifted, i) => shifted - root * (coefficients[i] ?? 0)),
    [1],
  );
}
