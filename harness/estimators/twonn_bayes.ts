/**
 * TwoNN seen by Bayes: the likelihood of the log ratios is that of exponential values with rate d, so a
 * Gamma prior of d gives a Gamma posterior.
 *
 * @module
 */
import { gammaQuantile } from "../stats/mod.ts";
import { type Estimate, type LogRatios, sumOfLogs } from "./twonn.ts";

/** A Gamma distribution of the dimension, with density proportional to d^(shape-1) e^(-rate d). */
export interface GammaPrior {
  readonly shape: number;
  readonly rate: number;
}

/** DADApy's prior. Its mean is 0.4, so it pulls high dimensions down (14.4 to 13.5 at N = 1032). */
const DADAPY_PRIOR: GammaPrior = { shape: 2, rate: 5 };

/** Mean and standard deviation of the posterior Gamma(shape + N, rate + sum log mu). */
export function twonnBayes(
  { sorted }: LogRatios,
  { shape, rate }: GammaPrior = DADAPY_PRIOR,
): Estimate {
  const posteriorShape = shape + sorted.length;
  const posteriorRate = rate + sumOfLogs(sorted);
  return {
    value: posteriorShape / posteriorRate,
    standardError: Math.sqrt(posteriorShape) / posteriorRate,
  };
}

/**
 * Two-sided interval of the dimension around the unbiased maximum-likelihood estimate: quantiles of
 * Gamma(N, sum log mu), which is exact for independent exponential log ratios (Denti et al. 2022; `twonn_mle` of R's
 * intRinsic). Ratios of neighbouring points are not independent: over Gaussian clouds of 400 points the
 * 95 % interval holds the mean estimate in 87 % (d = 2) to 94 % (d = 200) of the cases.
 *
 * @param level Confidence level, in (0, 1).
 */
export function twonnInterval({ sorted }: LogRatios, level: number): readonly [number, number] {
  const rate = sumOfLogs(sorted);
  const at = (probability: number) => gammaQuantile(probability, sorted.length) / rate;
  return [at((1 - level) / 2), at((1 + level) / 2)];
}
