/**
 * Outcomes and estimates in words.
 *
 * @module
 */
import type { ClaimResult } from "../../../harness/spec/mod.ts";
import { digits, NONE, probability, SIGNS } from "../../views/mod.ts";
import type { ClaimSummary, Outcome } from "../claim_summaries.ts";
import { slugOf } from "../slug.ts";
import { claimPath, experimentPath, runPath } from "./paths.ts";

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
  const { claim, experiment, profile, outcome, decisive, runs, verdicts, narrowed } = summary;
  return {
    ...outcomeView(outcome),
    id: claim.id,
    title: claim.title,
    path: claimPath(claim.id),
    experiment,
    experimentPath: experimentPath(experiment),
    profile,
    gates: summary.gates,
    narrowed,
    decisive: checkView(decisive),
    checks: summary.checks,
    run: runPath(summary.newest.slug),
    runs,
    agreement: [...verdicts].map(([verdict, count]) => `${count} ${verdict}`).join(", "),
    anchor: slugOf(`${experiment} ${profile} ${claim.id}`),
  };
}
