/**
 * A metric as a mean.
 *
 * @module
 */
import { mean, populationDeviation } from "../stats/mod.ts";

/** Mean and spread of a metric over units, images or pairs. */
export interface Average {
  /** Null when there is nothing to average: the metric is not defined. */
  readonly mean: number | null;
  /** With n in the denominator, as the metrics' authors print it. */
  readonly deviation: number | null;
  /** How many values there were. */
  readonly over: number;
}

/** Averages values; those that are null or NaN, where a metric is not defined, are left out. */
export function averageOf(values: Iterable<number | null>): Average {
  const defined = [...values].filter((value) => value !== null && !Number.isNaN(value)) as number[];
  if (defined.length === 0) return { mean: null, deviation: null, over: 0 };
  return { mean: mean(defined), deviation: populationDeviation(defined), over: defined.length };
}
