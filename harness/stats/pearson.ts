/**
 * Pearson's correlation, its test and its interval.
 *
 * @module
 */
import { normalQuantile } from "./distributions.ts";
import { incompleteBeta } from "./incomplete_beta.ts";
import { mean } from "./moments.ts";

/** Two numbers measured on one thing. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Fewest points of which a correlation is more than a sign. */
const FEWEST_POINTS = 3;

/** Pearson's r; NaN without points, or when x or y does not vary. */
export function pearsonCorrelation(points: readonly Point[]): number {
  if (points.length === 0) return NaN;
  const x = directionOf(points.map((point) => point.x));
  const y = directionOf(points.map((point) => point.y));
  const r = x.reduce((sum, value, at) => sum + value * y[at]!, 0);
  return Math.max(-1, Math.min(1, r));
}

/**
 * Two-sided p-value of a correlation when there is none: Student's t test with n - 2 degrees of
 * freedom, written as the distribution of r^2 itself, Beta(1/2, n/2 - 1). Exact for normal values.
 *
 * @param r In [-1, 1].
 * @param n Points; for a correlation within k groups n - k + 1, because k - 1 means more are taken away.
 * @throws {RangeError} With fewer than three points, or when r is no correlation.
 */
export function correlationPValue(r: number, n: number): number {
  requireCorrelation(r, n, FEWEST_POINTS);
  return incompleteBeta((1 - r) * (1 + r), n / 2 - 1, 1 / 2);
}

/**
 * Confidence interval of a correlation: atanh r is about normal with variance 1/(n - 3) (Fisher 1921).
 *
 * @param r In [-1, 1].
 * @param n Points, as for the p-value.
 * @param level Confidence level, in (0, 1).
 * @throws {RangeError} With fewer than four points, or when r is no correlation.
 */
export function fisherInterval(r: number, n: number, level: number): readonly [number, number] {
  requireCorrelation(r, n, FEWEST_POINTS + 1);
  const half = normalQuantile((1 + level) / 2) / Math.sqrt(n - 3);
  return [Math.tanh(Math.atanh(r) - half), Math.tanh(Math.atanh(r) + half)];
}

/** The deviations from the mean, as a vector of length 1; NaNs when there are none. */
function directionOf(values: readonly number[]): number[] {
  if (values.every((value) => value === values[0])) return values.map(() => NaN);
  const centre = mean(values);
  const deviations = values.map((value) => value - centre);
  const length = Math.sqrt(deviations.reduce((sum, deviation) => sum + deviation ** 2, 0));
  return deviations.map((deviation) => deviation / length);
}

function requireCorrelation(r: number, n: number, fewest: number): void {
  if (!(Math.abs(r) <= 1 && n >= fewest)) {
    throw new RangeError(
      `Cannot judge a correlation: r ${r} over ${n} points, wanted -1 to 1 over at least ${fewest}`,
    );
  }
}
