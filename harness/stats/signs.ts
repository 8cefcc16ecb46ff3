/**
 * The exact sign test: are values more often above an edge than below?
 *
 * @module
 */

/** Most values of the sign test: 2^-1000 is still a normal float64. */
const MOST_VALUES = 1000;

/** How a test over few values came out. */
export interface ExactTest {
  /** One-sided. */
  readonly pValue: number;
  /** Values that took part: those that differ from the edge. */
  readonly n: number;
}

/**
 * p-value of "the median is greater than `edge`": the probability of as many values above it when each
 * side is equally likely. Values at the edge are left out; without others the p-value is 1.
 *
 * @throws {RangeError} When a value is NaN, or more than 1000 differ from the edge.
 */
export function signTestGreater(values: readonly number[], edge: number): ExactTest {
  const differences = nonZeroDifferences(values, edge);
  const n = differences.length;
  if (n > MOST_VALUES) {
    throw new RangeError(`Cannot count signs: ${n} values, wanted at most ${MOST_VALUES}`);
  }
  const above = differences.filter((difference) => difference > 0).length;
  let pValue = 0;
  let probability = 0.5 ** n;
  for (let k = n; k >= above; k--) {
    pValue += probability;
    probability *= k / (n - k + 1);
  }
  return { pValue: Math.min(1, pValue), n };
}

/** value - edge where they differ. */
export function nonZeroDifferences(values: readonly number[], edge: number): number[] {
  const differences = values.map((value) => value - edge);
  if (differences.some(Number.isNaN)) {
    throw new RangeError("Cannot rank values: one of them is not a number");
  }
  return differences.filter((difference) => difference !== 0);
}
