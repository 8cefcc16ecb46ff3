/**
 * Distributions, from jstat, which agrees with SciPy to a relative 1e-7 (Student), 1e-9 (normal within
 * five deviations) and 1e-10 (Gamma). simple-statistics' normal quantile is off by 1e-3.
 *
 * @module
 */
import jstat from "jstat";

/**
 * P(T <= t) of Student's distribution with the given degrees of freedom, from the incomplete beta
 * function: jstat's own form cancels far out, and is NaN from 1e155 on.
 */
export function studentCdf(t: number, freedom: number): number {
  const tail = jstat.ibeta(freedom / (freedom + t * t), freedom / 2, 1 / 2) / 2;
  return t > 0 ? 1 - tail : tail;
}

/** The t below which a share `probability` of Student's distribution lies. */
export function studentQuantile(probability: number, freedom: number): number {
  requireProbability(probability);
  return jstat.studentt.inv(probability, freedom);
}

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
