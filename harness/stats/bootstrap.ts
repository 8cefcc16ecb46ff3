/**
 * Bootstrap intervals (Efron 1979).
 *
 * @module
 */
import type { RandomStream } from "../base/mod.ts";
import { bcaProbabilities } from "./bca.ts";
import { quantile } from "./moments.ts";

/** How an interval is made. */
export interface BootstrapOptions {
  /** Confidence level, in (0, 1). */
  readonly level: number;
  /** Resamples. */
  readonly repeats: number;
  /** Quantiles of the resamples as they are, or corrected for bias and skewness; default percentile. */
  readonly method?: "percentile" | "bca";
}

/**
 * Interval of a statistic over resamples with replacement. Resamples whose statistic is not finite (a
 * spread of equal values, say) are left out.
 *
 * @throws {RangeError} When fewer than half of the resamples give a finite statistic, or BCa is wanted
 * and all resamples lie on one side of the statistic.
 */
export function bootstrapInterval<T>(
  values: readonly T[],
  statistic: (sample: readonly T[]) => number,
  random: RandomStream,
  { level, repeats, method = "percentile" }: BootstrapOptions,
): readonly [number, number] {
  const statistics: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const value = statistic(values.map(() => values[random.integer(values.length)]!));
    if (Number.isFinite(value)) statistics.push(value);
  }
  if (statistics.length < repeats / 2) {
    throw new RangeError(
      `Cannot give an interval: ${statistics.length} of ${repeats} resamples have a finite statistic`,
    );
  }
  const [low, high] = method === "percentile"
    ? [(1 - level) / 2, (1 + level) / 2] as const
    : bcaProbabilities({
      level,
      statistics,
      observed: statistic(values),
      leftOut: values.map((_, at) => statistic(values.toSpliced(at, 1))),
    });
  return [quantile(statistics, low), quantile(statistics, high)];
}
