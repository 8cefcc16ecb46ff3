/**
 * Distributions, from jstat, which agrees with SciPy to a relative 1e-9 (normal within five deviations)
 * and 1e-10 (Gamma). simple-statistics' normal quantile is off by 1e-3.
 *
 * @module
 */
import jstat from "jstat";

/** P(Z <= z) of the standard normal distribution. */
export function normalCdf(z: number): number {
  return jstat.normal.cdf(z, 0, 1);
}

/** The z below which a share `probability` of the standard normal distribution lies. */
export function normalQuantile(probability: number): number {
  requireProbability(probability);
  return jstat.normal.inv(probability, 0, 1);
}

/** The value below which a share `probability` of the Gamma distribution with rate 1 lies. */
export function gammaQuantile(probability: number, shape: number): number {
  requireProbability(probability);
  return jstat.gamma.inv(probability, shape, 1);
}

function requireProbability(probability: number): void {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`Cannot give a quantile: probability ${probability}, wanted 0 to 1`);
  }
}
