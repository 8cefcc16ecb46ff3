/**
 * The likelihood of ratios of distances to two neighbours of given ranks: where the density is constant
 * out to the farther one, mu = r_n2 / r_n1 has the density
 * d (mu^d - 1)^(n2 - n1 - 1) / (mu^((n2 - 1) d + 1) B(n2 - n1, n1)) (Denti, Doimo, Laio and Mira,
 * Scientific Reports 12:20005, 2022).
 *
 * @module
 */

/** One observed ratio. */
export interface OrderRatio {
  /** log(r_n2 / r_n1), positive. */
  readonly log: number;
  readonly n1: number;
  readonly n2: number;
}

/** Bounds of the dimension and precision of the bisection. */
const LOWEST = 1e-3;
const HIGHEST = 1e3;
const PRECISION = 1e-10;

/**
 * The d at which the derivative of the log-likelihood is zero, by bisection between 0.001 and 1000;
 * undefined when it keeps its sign.
 *
 * @param observations What stands for N in the term N/d: N itself for maximum likelihood, N - 1 as in
 * Gride, which makes the estimate unbiased for n1 = 1, n2 = 2.
 */
export function likeliestDimension(
  ratios: readonly OrderRatio[],
  observations: number,
): number | undefined {
  const score = (d: number) => {
    const total = ratios.reduce(
      (sum, { log, n1, n2 }) => sum + ((1 - n2 + n1) / -Math.expm1(-d * log) + n2 - 1) * log,
      0,
    );
    return observations / d - total;
  };
  let low = LOWEST;
  let high = HIGHEST;
  if (!(score(low) > 0 && score(high) < 0)) return undefined;
  while (high - low > PRECISION) {
    const middle = (low + high) / 2;
    if (score(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Standard error from the observed Fisher information: the inverse root of
 * N/d^2 + sum (n2 - n1 - 1) (log mu / (1 - mu^-d))^2 mu^-d.
 */
export function fisherError(ratios: readonly OrderRatio[], d: number): number {
  const curvature = ratios.reduce((sum, { log, n1, n2 }) => {
    const missing = -Math.expm1(-d * log);
    return sum + (n2 - n1 - 1) * (log / missing) ** 2 * (1 - missing);
  }, 0);
  return 1 / Math.sqrt(ratios.length / d ** 2 + curvature);
}
