/**
 * Outcomes and estimates in words.
 *
 * @module
 */
import type { ClaimResult } from "../../../harness/spec/mod.ts";
import { digits, NONE, probability, SIGNS, verdictCounts } from "../../views/mod.ts";
import type { ClaimSummary, Outcome } from "../claim_summaries.ts";
import { claimPath, experimentPath } from "./paths.ts";

const OUTCOMES: Readonly<Record<Outcome, { sign: string; style: string }>> = {
  ...SIGNS,
  mixed: { sign: "±", style: "open" },
};

/** Sign, style and word of an outcome. */
export function outcomeView(outcome: Outcome) {
  return { outcome, ...OUTCOMES[outcome] };
}

/** Estimate, interval and p of a check, each as text. */
export function checkView(claim: ClaimResult) {
  const { verdict, estimate, interval, level, pValue } = claim;
  return {
    ...outcomeView(verdict),
    subject: claim.subject,
    severity: claim.severity,
    estimate: digits(estimate),
    interval: interval === null ? NONE : interval.map((end) => digits(end)).join(" to "),
    level: level === null ? "" : `${Number((100 * level).toPrecision(3))} %`,
    p: probability(pValue),
    expected: claim.expected,
    explanation: claim.explanation,
  };
}

/** A row of an overview of claims. */
export function summaryRow(summary: ClaimSummary) {
  const { claim, experiment, profile, outcome, outcomes, checks, narrowed } = summary;
  return {
    ...outcomeView(outcome),
    id: claim.id,
    title: summary.title,
    path: claimPath(claim.id),
    experiment,
    experimentPath: experimentPath(experiment),
    profile,
    gates: summary.gates,
    narrowed,
    check: checkView(claim),
    others: checks.length > 1 ? othersText(checks) : "",
    runs: runsText(outcomes),
  };
}

/** "worst of 3: 2 reproduced, 1 not reproduced". */
function othersText(checks: readonly ClaimResult[]): string {
  const counts = verdictCounts(checks).map(({ count, verdict }) => `${count} ${verdict}`);
  return counts.length === 1
    ? `all ${checks.length} ${checks[0]!.verdict}`
    : `worst of ${checks.length}: ${counts.join(", ")}`;
}

function runsText(outcomes: ReadonlyMap<Outcome, number>): string {
  const all = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
  if (outcomes.size === 1) return `${all}\u00a0of\u00a0${all}`;
  return [...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(", ");
}
