/**
 * Bootstrap intervals (Efron 1979).
 *
 * @module
 */
import type { RandomStream } from "../base/mod.ts";
import { quantile } from "./moments.ts";

/**
 * Percentile interval of a statistic over resamples with replacement. Resamples whose statistic is not
 * finite (a spread of equal values, say) are left out.
 *
 * @throws {RangeError} When fewer than half of the resamples give a finite statistic.
 */
export function bootstrapInterval<T>(
  values: readonly T[],
  statistic: (sample: readonly T[]) => number,
  random: RandomStream,
  { level, repeats }: { level: number; repeats: number },
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
  return [quantile(statistics, (1 - level) / 2), quantile(statistics, (1 + level) / 2)];
}
