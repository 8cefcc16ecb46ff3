/**
 * A run against a baseline.
 *
 * @module
 */
import type { Baseline } from "./baseline.ts";
import { checkMetrics } from "./check_metrics.ts";
import { checkVerdicts } from "./check_verdicts.ts";
import { whyNotComparable } from "./comparable.ts";
import type { GateRow } from "./gate_row.ts";
import type { Measured } from "./measured.ts";
import { describeRule } from "./rule.ts";

/**
 * One row for each gated number and verdict; all of them `not comparable` when the basis changed.
 *
 * @param specSha256 Digest of the specification as it is now, which an old result may not have seen.
 */
export function checkRun(baseline: Baseline, run: Measured, specSha256: string): GateRow[] {
  const reasons = whyNotComparable(baseline.basis, run.basis);
  if (run.basis.specSha256 !== specSha256) {
    reasons.push("the result is of another version of the specification than the one here");
  }
  if (reasons.length > 0) return notComparable(baseline, reasons.join("; "));
  return [...checkMetrics(baseline, run), ...checkVerdicts(baseline, run)];
}

function notComparable({ metrics, verdicts }: Baseline, message: string): GateRow[] {
  const row = (name: string, baseline: string, rule: string): GateRow => ({
    name,
    state: "not comparable",
    baseline,
    found: null,
    rule,
    pValue: null,
    adjusted: null,
    direction: 0,
    message,
  });
  return [
    ...metrics.map(({ name, value, rule }) => row(name, String(value), describeRule(rule))),
    ...verdicts.map(({ name, verdict }) => row(name, verdict, "no worse verdict")),
  ];
}
