/**
 * Means, spreads and quantiles. simple-statistics does the work; what is here fixes the conventions.
 *
 * @module
 */
import * as simple from "simple-statistics";

/** Arithmetic mean. */
export function mean(values: readonly number[]): number {
  return simple.mean([...values]);
}

/** Standard deviation with n in the denominator. */
export function populationDeviation(values: readonly number[]): number {
  return simple.standardDeviation([...values]);
}

/** Standard deviation with n - 1 in the denominator. */
export function sampleDeviation(values: readonly number[]): number {
  return simple.sampleStandardDeviation([...values]);
}

/** Sample deviation / |mean|: a spread without unit. */
export function coefficientOfVariation(values: readonly number[]): number {
  return sampleDeviation(values) / Math.abs(mean(values));
}

/**
 * Quantile with linear interpolation between order statistics (type 7 of Hyndman and Fan 1996).
 *
 * @throws {RangeError} Without values, or when the probability is not between 0 and 1.
 */
export function quantile(values: readonly number[], probability: number): number {
  if (values.length === 0 || !(probability >= 0 && probability <= 1)) {
    throw new RangeError(
      `Cannot give a quantile: ${values.length} values and probability ${probability}, wanted at ` +
        "least one value and a probability from 0 to 1",
    );
  }
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * probability;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}
