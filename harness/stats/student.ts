/**
 * Student's t: intervals and tests of the mean of normal values.
 *
 * @module
 */
import { studentCdf, studentQuantile } from "./student_distribution.ts";
import { mean, sampleDeviation } from "./moments.ts";

/**
 * Two-sided confidence interval of the mean.
 *
 * @param level Confidence level, in (0, 1).
 * @throws {RangeError} With fewer than two values.
 */
export function studentInterval(
  values: readonly number[],
  level: number,
): readonly [number, number] {
  const error = standardError(values);
  const half = studentQuantile((1 + level) / 2, values.length - 1) * error;
  const centre = mean(values);
  return [centre - half, centre + half];
}

/**
 * p-value of "the mean is greater than `edge`" (one-sided t test); 0 or 1 when all values are equal.
 *
 * @throws {RangeError} With fewer than two values.
 */
export function studentGreater(values: readonly number[], edge: number): number {
  const error = standardError(values);
  if (error === 0) return mean(values) > edge ? 0 : 1;
  return studentCdf((edge - mean(values)) / error, values.length - 1);
}

/** p-value of "the mean is less than `edge`"; otherwise as `studentGreater`. */
export function studentLess(values: readonly number[], edge: number): number {
  return studentGreater(values.map((value) => -value), -edge);
}

function standardError(values: readonly number[]): number {
  if (values.length < 2) {
    throw new RangeError(`Cannot judge a mean: ${values.length} values, wanted at least 2`);
  }
  return sampleDeviation(values) / Math.sqrt(values.length);
}
