/**
 * The regularised incomplete beta function, to a relative 1e-12 also in the tails. jstat's form stops
 * at 3e-7.
 *
 * @module
 */
import { gammaln } from "simple-statistics";

/** Steps of the continued fraction; sqrt(max(a, b)) of them are enough. */
const MOST_STEPS = 10_000;

/**
 * I_x(a, b): the probability of at most x under the Beta distribution with shapes a and b, by its
 * continued fraction (Abramowitz and Stegun 26.5.8) with Lentz's method.
 *
 * @param x In [0, 1].
 * @param a Positive, as b.
 * @throws {RangeError} Outside of these, or when the fraction does not converge.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) {
    throw new RangeError(
      `Cannot give an incomplete beta function: x ${x} and shapes ${a} and ${b}, wanted x from 0 to ` +
        "1 and positive shapes",
    );
  }
  if (x === 0 || x === 1) return x;
  return x <= (a + 1) / (a + b + 2) ? byFraction(x, a, b) : 1 - byFraction(1 - x, b, a);
}

/** Converges fast up to the mean of the distribution, about. */
function byFraction(x: number, a: number, b: number): number {
  return front(x, a, b) / fraction(x, a, b);
}

/** x^a (1 - x)^b / (a B(a, b)). */
function front(x: number, a: number, b: number): number {
  const logBeta = gammaln(a) + gammaln(b) - gammaln(a + b);
  return Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta) / a;
}

/** 1 + d1/(1 + d2/(1 + ...)). */
function fraction(x: number, a: number, b: number): number {
  let value = 1;
  let numerators = 1;
  let denominators = 0;
  for (let step = 1; step <= MOST_STEPS; step++) {
    const m = Math.floor(step / 2);
    const d = step % 2 === 0
      ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    denominators = 1 / (1 + d * denominators);
    numerators = 1 + d / numerators;
    const change = numerators * denominators;
    value *= change;
    if (Math.abs(change - 1) < 2 * Number.EPSILON) return value;
  }
  throw new RangeError(
    `Cannot give an incomplete beta function: no convergence at x ${x} and shapes ${a} and ${b}`,
  );
}
