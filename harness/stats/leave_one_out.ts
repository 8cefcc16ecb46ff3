/**
 * A statistic without each value in turn.
 *
 * @module
 */

/** The statistic without the first value, without the second, ... */
export function leaveOneOut<T>(
  values: readonly T[],
  statistic: (others: readonly T[]) => number,
): number[] {
  return values.map((_, at) => statistic(values.toSpliced(at, 1)));
}
