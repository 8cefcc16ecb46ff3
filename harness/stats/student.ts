/**
 * Student's t distribution: intervals and tests of a mean. jstat gives the distribution.
 *
 * @module
 */
import jstat from "jstat";
import { mean, sampleDeviation } from "./moments.ts";

/** P(T <= t) with the given degrees of freedom. */
export function studentCdf(t: number, freedom: number): number {
  return jstat.studentt.cdf(t, freedom);
}

/** The t below which a share `probability` of the distribution lies. */
export function studentQuantile(probability: number, freedom: number): number {
  return jstat.studentt.inv(probability, freedom);
}

/**
 * Two-sided confidence interval of the mean of normal values.
 *
 * @throws {RangeError} With fewer than two values.
 */
export function studentInterval(
  values: readonly number[],
  level: number,
): readonly [number, number] {
  if (values.length < 2) throw new RangeError("Cannot give an interval: fewer than two values");
  const half = studentQuantile((1 + level) / 2, values.length - 1) *
    sampleDeviation(values) / Math.sqrt(values.length);
  const centre = mean(values);
  return [centre - half, centre + half];
}

/** p-value of "the mean is greater than `edge`" (one-sided t test). */
export function studentGreater(values: readonly number[], edge: number): number {
  const error = sampleDeviation(values) / Math.sqrt(values.length);
  if (error === 0) return mean(values) > edge ? 0 : 1;
  return 1 - studentCdf((mean(values) - edge) / error, values.length - 1);
}
