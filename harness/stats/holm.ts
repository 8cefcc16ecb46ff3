/**
 * Holm's correction for several tests (Holm 1979).
 *
 * @module
 */

/**
 * Adjusted p-values, in the given order: rejecting those below alpha keeps the chance of any false
 * rejection below alpha, whatever the dependence of the tests.
 *
 * @throws {RangeError} When a p-value is not between 0 and 1.
 */
export function holmAdjust(pValues: readonly number[]): number[] {
  const broken = pValues.find((p) => !(p >= 0 && p <= 1));
  if (broken !== undefined) {
    throw new RangeError(`Cannot adjust p-values: found ${broken}, wanted 0 to 1`);
  }
  const ascending = [...pValues.keys()].sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted: number[] = new Array(pValues.length);
  let largest = 0;
  for (const [rank, at] of ascending.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[at]!));
    adjusted[at] = largest;
  }
  return adjusted;
}
