/**
 * Wilcoxon's signed-rank test, exact for any ties (Wilcoxon 1945; Pratt and Gibbons 1981).
 *
 * @module
 */
import { type ExactTest, nonZeroDifferences } from "./signs.ts";

/** Most values for which the null distribution is counted: 2^50 sign patterns are exact in a float64. */
const MOST_VALUES = 50;

/**
 * p-value of "values are symmetric around a centre greater than `edge`": the share of all sign patterns
 * whose sum of positive ranks is as large. Equal distances from the edge share their mean rank; values
 * at the edge are left out; without others the p-value is 1. Costs n^3 additions.
 *
 * @throws {RangeError} When a value is NaN, or more than 50 differ from the edge.
 */
export function signedRankTestGreater(values: readonly number[], edge: number): ExactTest {
  const differences = nonZeroDifferences(values, edge);
  const n = differences.length;
  if (n > MOST_VALUES) {
    throw new RangeError(`Cannot count sign patterns: ${n} values, wanted at most ${MOST_VALUES}`);
  }
  const ranks = doubledRanks(differences.map(Math.abs));
  const observed = ranks.reduce((sum, rank, at) => sum + (differences[at]! > 0 ? rank : 0), 0);
  const patterns = patternsBySum(ranks);
  const asLarge = patterns.slice(observed).reduce((sum, count) => sum + count, 0);
  return { pValue: asLarge / 2 ** n, n };
}

/** Twice the rank of each value, which is whole even where ties share a mean rank. */
function doubledRanks(values: readonly number[]): number[] {
  return values.map((value) =>
    1 + values.reduce((sum, other) => sum + (other < value ? 2 : other === value ? 1 : 0), 0)
  );
}

/** At place s, how many of the 2^n sign patterns have positive ranks that add up to s. */
function patternsBySum(ranks: readonly number[]): Float64Array {
  const patterns = new Float64Array(ranks.reduce((sum, rank) => sum + rank, 1));
  patterns[0] = 1;
  for (const rank of ranks) {
    for (let sum = patterns.length - 1; sum >= rank; sum--) {
      patterns[sum]! += patterns[sum - rank]!;
    }
  }
  return patterns;
}
