/**
 * Student's distribution, to a relative 1e-11 also in the tails. jstat's own stops at 1e-7, and is NaN
 * from t = 1e155 on.
 *
 * @module
 */
import jstat from "jstat";
import { gammaln } from "simple-statistics";
import { incompleteBeta } from "./incomplete_beta.ts";

/** Newton's steps from jstat's quantile; each doubles the digits. */
const STEPS = 3;

/** P(T <= t) with the given degrees of freedom. */
export function studentCdf(t: number, freedom: number): number {
  const tail = upperTail(Math.abs(t), freedom);
  return t > 0 ? 1 - tail : tail;
}

/**
 * The t below which a share `probability` lies.
 *
 * @throws {RangeError} When the probability is none.
 */
export function studentQuantile(probability: number, freedom: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`Cannot give a quantile: probability ${probability}, wanted 0 to 1`);
  }
  if (probability === 0.5) return 0;
  if (probability === 0 || probability === 1) return probability === 0 ? -Infinity : Infinity;
  const tail = Math.min(probability, 1 - probability);
  let t = Math.abs(jstat.studentt.inv(tail, freedom));
  for (let step = 0; step < STEPS; step++) {
    t += (upperTail(t, freedom) - tail) / density(t, freedom);
  }
  return probability < 0.5 ? -t : t;
}

/** P(T > t) for t from 0 on. */
function upperTail(t: number, freedom: number): number {
  return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 1 / 2) / 2;
}

function density(t: number, freedom: number): number {
  const scale = Math.exp(gammaln((freedom + 1) / 2) - gammaln(freedom / 2));
  return scale / Math.sqrt(freedom * Math.PI) *
    Math.exp(-(freedom + 1) / 2 * Math.log1p(t * t / freedom));
}
