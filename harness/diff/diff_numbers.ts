/**
 * Which numbers of two runs differ, in asv's manner: by more than their noise and by more than a factor.
 *
 * @module
 */
import { type Measured, type Metric, shiftPValue, testShifts } from "../gates/mod.ts";
import { holmAdjust } from "../stats/mod.ts";

/** Significance beyond which a change is more than noise, after Holm's correction over all numbers. */
export const DIFF_ALPHA = 0.05;

/**
 * `+` larger and `-` smaller beyond noise and factor, `~` beyond the factor but within noise, `x` not
 * comparable or in one run only, a space for no change that counts.
 */
export type Mark = "+" | "-" | "~" | "x" | " ";

/** One number in two runs. */
export interface NumberDiff {
  readonly name: string;
  readonly mark: Mark;
  readonly before: number | null;
  readonly after: number | null;
  /** after / before; null when one is missing or before is 0. */
  readonly ratio: number | null;
  /** Corrected p-value of "it moved"; null when no noise is known, and the factor decides alone. */
  readonly pValue: number | null;
}

/**
 * One row for each number of either run, in the order of the first.
 *
 * @param factor Changes by less do not count; at least 1.
 */
export function diffNumbers(before: Measured, after: Measured, factor: number): NumberDiff[] {
  const [old, now] = [before, after].map(({ metrics }) =>
    new Map(metrics.map((metric) => [metric.name, metric]))
  ) as [Map<string, Metric>, Map<string, Metric>];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  const pairs = names.flatMap((name) => {
    const [a, b] = [old.get(name), now.get(name)];
    return a && b && measureTheSame(before, after) ? [{ before: a, after: b }] : [];
  });
  const pValues = testShifts(pairs).map((test) => shiftPValue(test, "both"));
  const known = pValues.filter((p) => p !== null);
  const adjusted = holmAdjust(known).values();
  const corrected = new Map(
    pairs.map((
      { before: { name } },
      at,
    ) => [name, pValues[at] === null ? null : adjusted.next().value!]),
  );
  return names.map((name) => {
    const [a, b] = [old.get(name)?.value ?? null, now.get(name)?.value ?? null];
    const pValue = corrected.get(name);
    const ratio = a === null || b === null || a === 0 ? null : b / a;
    const row = { name, before: a, after: b, ratio, pValue: pValue ?? null };
    if (pValue === undefined || a === null || b === null) return { ...row, mark: "x" };
    if (!isBeyond(a, b, factor)) return { ...row, mark: " " };
    if (pValue !== null && pValue >= DIFF_ALPHA) return { ...row, mark: "~" };
    return { ...row, mark: b > a ? "+" : "-" };
  });
}

function measureTheSame({ basis: a }: Measured, { basis: b }: Measured): boolean {
  return a.kind === b.kind && a.metricsVersion === b.metricsVersion;
}

/** Whether one value is more than `factor` times the other; a change of sign always is. */
function isBeyond(before: number, after: number, factor: number): boolean {
  if (before === after) return false;
  const ratio = after / before;
  return !(ratio <= factor && ratio >= 1 / factor);
}
