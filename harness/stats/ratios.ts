/**
 * Ratios that were measured once in each of a few groups: their geometric mean, its interval, and a
 * test against edges, all on the logarithm, where ratios are symmetric.
 *
 * @module
 */
import { equivalenceTest } from "./equivalence.ts";
import { mean } from "./moments.ts";
import { studentInterval } from "./student.ts";
import { type IntervalVerdict, type Region, verdictFromInterval } from "./verdict.ts";

/** What the ratios say. */
export interface RatioTest {
  /** Geometric mean. */
  readonly estimate: number;
  readonly interval: readonly [number, number];
  /** t test of "inside the region" on the log ratios: one-sided with one edge, else the larger of two. */
  readonly pValue: number;
  readonly verdict: IntervalVerdict;
}

/**
 * @param ratios Positive, at least two, one a group.
 * @param region Positive edges, at least one.
 * @param level Confidence level of the interval, in (0, 1).
 * @throws {RangeError} When a ratio is not positive and finite, or there are too few ratios or edges.
 */
export function ratioTest(ratios: readonly number[], region: Region, level: number): RatioTest {
  const broken = ratios.find((ratio) => !(ratio > 0 && ratio < Infinity));
  if (broken !== undefined) {
    throw new RangeError(`Cannot average ratios: found ${broken}, wanted positive finite ratios`);
  }
  const logs = ratios.map(Math.log);
  const [low, high] = studentInterval(logs, level);
  const interval = [Math.exp(low), Math.exp(high)] as const;
  return {
    estimate: Math.exp(mean(logs)),
    interval,
    pValue: equivalenceTest(logs, {
      ...(region.min !== undefined && { min: Math.log(region.min) }),
      ...(region.max !== undefined && { max: Math.log(region.max) }),
    }),
    verdict: verdictFromInterval(interval, region),
  };
}
