/**
 * The bias-corrected and accelerated bootstrap: which quantiles of the resamples bound the interval
 * (Efron 1987; Efron and Tibshirani 1993, chapter 14).
 *
 * @module
 */
import { normalCdf, normalQuantile } from "./distributions.ts";
import { mean } from "./moments.ts";

/** What the correction is computed from. */
export interface BcaInput {
  /** Confidence level, in (0, 1). */
  readonly level: number;
  /** The statistic of each resample. */
  readonly statistics: readonly number[];
  /** The statistic of the values themselves. */
  readonly observed: number;
  /** The statistic without the first value, without the second, ... (jackknife). */
  readonly leftOut: readonly number[];
}

/**
 * The two probabilities whose quantiles among the resamples bound the interval.
 *
 * @throws {RangeError} When no resample, or every one, lies below the observed statistic, or a
 * statistic is not finite.
 */
export function bcaProbabilities(
  { level, statistics, observed, leftOut }: BcaInput,
): readonly [number, number] {
  const below = statistics.filter((value) => value < observed).length;
  const equal = statistics.filter((value) => value === observed).length;
  const share = (below + equal / 2) / statistics.length;
  if (share === 0 || share === 1 || ![observed, ...leftOut].every(Number.isFinite)) {
    throw new RangeError(
      `Cannot correct for bias: a share ${share} of ${statistics.length} resamples lies below the ` +
        `statistic ${observed}`,
    );
  }
  const bias = normalQuantile(share);
  const acceleration = accelerationOf(leftOut);
  const at = (probability: number) => {
    const z = bias + normalQuantile(probability);
    return normalCdf(bias + z / (1 - acceleration * z));
  };
  return [at((1 - level) / 2), at((1 + level) / 2)];
}

/** Skewness of the influence of single values / 6; 0 when none has any. */
function accelerationOf(leftOut: readonly number[]): number {
  const centre = mean(leftOut);
  const power = (exponent: number) =>
    leftOut.reduce((sum, value) => sum + (centre - value) ** exponent, 0);
  const spread = power(2);
  return spread === 0 ? 0 : power(3) / (6 * spread ** 1.5);
}
