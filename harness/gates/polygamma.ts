/**
 * The first two derivatives of the logarithm of the gamma function, for positive arguments.
 *
 * @module
 */

/** Above this the asymptotic series below are exact to 1e-12. */
const ASYMPTOTIC = 10;

/** d/dx log Gamma(x) (Abramowitz and Stegun 6.3.18, after the recurrence 6.3.5). */
export function digamma(x: number): number {
  let shifted = 0;
  for (; x < ASYMPTOTIC; x++) shifted -= 1 / x;
  const z = 1 / (x * x);
  return shifted + Math.log(x) - 1 / (2 * x) -
    z * (1 / 12 - z * (1 / 120 - z * (1 / 252 - z * (1 / 240 - z / 132))));
}

/** d2/dx2 log Gamma(x) (Abramowitz and Stegun 6.4.12, after the recurrence 6.4.6). */
export function trigamma(x: number): number {
  let shifted = 0;
  for (; x < ASYMPTOTIC; x++) shifted += 1 / (x * x);
  const z = 1 / (x * x);
  return shifted + 1 / x + z / 2 +
    z / x * (1 / 6 - z * (1 / 30 - z * (1 / 42 - z * (1 / 30 - z * 5 / 66))));
}

/** The x > 0 with trigamma(x) = y, by bisection of its logarithm: trigamma falls from infinity to 0. */
export function inverseTrigamma(y: number): number {
  if (!(y > 0)) {
    throw new RangeError(`Cannot invert trigamma: found ${y}, wanted a positive number`);
  }
  let [low, high] = [-40, 40];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (trigamma(Math.exp(middle)) > y) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
