/**
 * From an interval to a verdict.
 *
 * @module
 */

/** The values that count as reproduced. */
export interface Region {
  readonly min?: number;
  readonly max?: number;
}

/** What an interval can say about a region. */
export type IntervalVerdict = "reproduced" | "not reproduced" | "inconclusive";

/** `reproduced` when the interval lies inside the region, `not reproduced` when it lies outside. */
export function verdictFromInterval(
  [low, high]: readonly [number, number],
  { min = -Infinity, max = Infinity }: Region,
): IntervalVerdict {
  if (low >= min && high <= max) return "reproduced";
  if (high < min || low > max) return "not reproduced";
  return "inconclusive";
}
