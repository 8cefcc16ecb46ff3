/**
 * Ratios that were measured once in each of a few groups: their geometric mean, its interval, and a
 * test against an edge, all on the logarithm, where ratios are symmetric.
 *
 * @module
 */
import { mean } from "./moments.ts";
import { studentGreater, studentInterval } from "./student.ts";
import { type IntervalVerdict, type Region, verdictFromInterval } from "./verdict.ts";

/** What the ratios say. */
export interface RatioTest {
  /** Geometric mean. */
  readonly estimate: number;
  readonly interval: readonly [number, number];
  /** One-sided t test of "inside the region" on the log ratios. */
  readonly pValue: number;
  readonly verdict: IntervalVerdict;
}

/**
 * @param ratios Positive, at least two.
 * @param region With one edge: `min` or `max`.
 */
export function ratioTest(ratios: readonly number[], region: Region, level: number): RatioTest {
  const logs = ratios.map(Math.log);
  const [low, high] = studentInterval(logs, level);
  const interval = [Math.exp(low), Math.exp(high)] as const;
  const pValue = region.min !== undefined
    ? studentGreater(logs, Math.log(region.min))
    : studentGreater(logs.map((log) => -log), -Math.log(region.max!));
  return {
    estimate: Math.exp(mean(logs)),
    interval,
    pValue,
    verdict: verdictFromInterval(interval, region),
  };
}
