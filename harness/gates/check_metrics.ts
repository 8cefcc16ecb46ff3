/**
 * Numbers of a run against the rules of a baseline.
 *
 * @module
 */
import { holmAdjust } from "../stats/mod.ts";
import type { Baseline, BaselineEntry } from "./baseline.ts";
import { digits, type GateRow, pText } from "./gate_row.ts";
import type { Measured, Metric } from "./measured.ts";
import { describeRule, type Margin, marginOf, marginWidth } from "./rule.ts";
import { toScale } from "./scale.ts";
import {
  commonScale,
  equivalencePValue,
  type MetricPair,
  shiftPValue,
  type ShiftTest,
  testShifts,
} from "./shifts.ts";

/** An entry of a baseline with the run's metric of that name. */
interface Matched extends MetricPair {
  readonly entry: BaselineEntry;
  readonly shift: ShiftTest;
}

/**
 * One row an entry, in the order of the baseline. Tests are corrected together by Holm; equivalence is
 * not, because there it is passing that needs evidence, and more entries make passing no easier.
 */
export function checkMetrics(
  { metrics }: Baseline,
  run: Pick<Measured, "metrics">,
): GateRow[] {
  const found = new Map(run.metrics.map((metric) => [metric.name, metric]));
  const pairs = metrics.flatMap((entry) => {
    const after = found.get(entry.name);
    return after ? [{ entry, before: asMetric(entry), after }] : [];
  });
  const shifts = testShifts(pairs);
  const matched = pairs.map((pair, at): Matched => ({ ...pair, shift: shifts[at]! }));
  const pValues = new Map(matched.map((match) => [match.entry.name, pValueOf(match)]));
  const tests = matched.filter(({ entry }) =>
    entry.rule.kind === "test" && pValues.get(entry.name) !== null
  );
  const adjusted = holmAdjust(tests.map(({ entry }) => pValues.get(entry.name)!));
  const adjustedOf = new Map(tests.map(({ entry }, at) => [entry.name, adjusted[at]!]));
  const matches = new Map(matched.map((match) => [match.entry.name, match]));
  return metrics.map((entry) => {
    const match = matches.get(entry.name);
    if (!match) return missing(entry);
    return judge(match, pValues.get(entry.name)!, adjustedOf.get(entry.name) ?? null);
  });
}

function asMetric({ name, value, scale, resolution, noise }: BaselineEntry): Metric {
  return { name, value, scale, resolution, noise, worse: "both", gates: true };
}

function pValueOf({ entry: { rule }, shift, before, after }: Matched): number | null {
  switch (rule.kind) {
    case "tolerance":
      return null;
    case "test":
      return shiftPValue(shift, rule.direction);
    case "equivalence":
      return equivalencePValue(shift, ...edges({ before, after }, rule.margin));
  }
}

/** The edges of a margin around the baseline's value, as differences on the scale of the pair. */
function edges(pair: MetricPair, margin: Margin): [number, number] {
  const { value, resolution } = pair.before;
  const scale = commonScale(pair);
  const width = marginWidth(margin, value);
  const centre = toScale(value, scale, resolution);
  const [low, high] = [value - width, value + width];
  const below = scale !== "linear" && low <= 0;
  const above = scale === "logit" && high >= 1;
  return [
    below ? -Infinity : toScale(low, scale, resolution) - centre,
    above ? Infinity : toScale(high, scale, resolution) - centre,
  ];
}

function missing({ name, value, rule }: BaselineEntry): GateRow {
  return {
    name,
    state: "failed",
    baseline: digits(value),
    found: null,
    rule: describeRule(rule),
    pValue: null,
    adjusted: null,
    direction: 0,
    message: "the result has no such number",
  };
}

function judge(
  { entry, after, shift }: Matched,
  pValue: number | null,
  adjusted: number | null,
): GateRow {
  const { name, value, rule } = entry;
  const change = after.value - value;
  const within = Math.abs(change) <= marginWidth(marginOf(rule), value);
  const row = (failed: boolean, message: string): GateRow => ({
    name,
    state: failed ? "failed" : "passed",
    baseline: digits(value),
    found: digits(after.value),
    rule: describeRule(rule),
    pValue,
    adjusted,
    direction: change === 0 ? 0 : change > 0 ? 1 : -1,
    message,
  });
  const moved = describeChange(value, after.value);
  if (rule.kind === "tolerance") return row(!within, moved);
  if (pValue === null) {
    return row(true, `${moved}, and neither run tells its noise: a ${rule.kind} cannot be made`);
  }
  if (change === 0 && rule.kind === "test") return row(false, moved);
  const how = shift.paired ? "seed by seed" : "against the spread over seeds";
  if (rule.kind === "equivalence") {
    return row(pValue >= rule.alpha, `${moved}; equivalence has ${pText(pValue)}`);
  }
  return row(
    !within && adjusted! < rule.alpha,
    `${moved}; ${how} ${pText(pValue)}, corrected ${pText(adjusted!)}`,
  );
}

/** How far a value moved, in words. */
export function describeChange(before: number, after: number): string {
  if (before === after) return "unchanged";
  const share = before === 0
    ? ""
    : ` (${after > before ? "+" : ""}${digits(100 * (after / before - 1))} %)`;
  return `${digits(before)} -> ${digits(after)}${share}`;
}
