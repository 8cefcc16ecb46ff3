/**
 * What a reader wants first: which claims held, and what could not be checked.
 *
 * @module
 */
import type { ClaimResult, Result, Verdict } from "../../harness/spec/mod.ts";
import { digits, NONE, plural, probability } from "./format.ts";

/** Sign and style class of each verdict; the word itself is always written too. */
export const SIGNS: Readonly<Record<Verdict, { sign: string; style: string }>> = {
  "reproduced": { sign: "✓", style: "good" },
  "not reproduced": { sign: "✗", style: "bad" },
  "inconclusive": { sign: "?", style: "open" },
  "not comparable": { sign: "≠", style: "open" },
};

/** More checks than these are summed up by claim, and listed only when unfolded. */
const MOST_CHECKS_OPEN = 12;

/** What results of every kind tell of their claims. */
export type Outcome = Pick<
  Result,
  "claims" | "device" | "environment" | "missing" | "narrowed" | "notChecked" | "notes"
>;

/** The part of the page above the figures. */
export function verdictsView(result: Outcome) {
  const { claims, notChecked, missing, notes } = result;
  return {
    headline: headline(claims),
    gates: gates(claims),
    warnings: warnings(result),
    claims: claimGroups(claims),
    checkCount: plural(claims.length, "check"),
    summary: claims.length > MOST_CHECKS_OPEN,
    notChecked,
    missing: missingGroups(missing),
    missingCount: plural(missing.length, "network"),
    notes,
  };
}

/** "3 of 4 checks reproduced; 1 inconclusive". */
export function headline(claims: readonly ClaimResult[]): string {
  if (claims.length === 0) return "No claim was checked";
  const counts = verdictCounts(claims);
  const reproduced = counts.find(({ verdict }) => verdict === "reproduced")?.count ?? 0;
  const others = counts.filter(({ verdict }) => verdict !== "reproduced")
    .map(({ verdict, count }) => `${count} ${verdict}`);
  return [
    `${reproduced} of ${plural(claims.length, "check")} reproduced`,
    ...(others.length > 0 ? [others.join(", ")] : []),
  ].join("; ");
}

/** How often each verdict occurs, the good first; those that do not occur are left out. */
export function verdictCounts(claims: readonly ClaimResult[]) {
  return (Object.keys(SIGNS) as Verdict[]).map((verdict) => ({
    verdict,
    ...SIGNS[verdict],
    count: claims.filter((claim) => claim.verdict === verdict).length,
  })).filter(({ count }) => count > 0);
}

/** Whether the run passes as a gate: every claim with severity `gate` must be reproduced. */
function gates(claims: readonly ClaimResult[]) {
  const gating = claims.filter(({ severity }) => severity === "gate");
  const open = gating.filter(({ verdict }) => verdict !== "reproduced");
  if (gating.length === 0) {
    return { sign: NONE, style: "open", text: "No check of this run is a gate." };
  }
  return open.length === 0
    ? {
      sign: "✓",
      style: "good",
      text: `The run passes: ${gating.length} of ${plural(gating.length, "gate")} reproduced.`,
    }
    : {
      sign: "✗",
      style: "bad",
      text: `The run does not pass: ${open.length} of ${
        plural(gating.length, "gate")
      } not reproduced or not decided.`,
    };
}

/** What makes every number below less than it seems. */
function warnings({ narrowed, device, environment }: Outcome): string[] {
  const failed = device.selfTest.filter(({ passed }) => !passed).map(({ name }) => name);
  return [
    ...(narrowed.length > 0 ? [`This run is smaller than its profile: ${narrowed.join(" ")}`] : []),
    ...(failed.length > 0 ? [`The device failed its self-test: ${failed.join(", ")}`] : []),
    ...(environment.git.dirty ? ["The code had changes that were not committed"] : []),
  ];
}

/** Checks of the same claim under one heading, in the order of the result. */
function claimGroups(claims: readonly ClaimResult[]) {
  const groups = Map.groupBy(claims, ({ id, title }) => JSON.stringify([id, title]));
  return [...groups.values()].map((checks, at) => {
    const [{ id, title }] = checks as [ClaimResult];
    return {
      id,
      title,
      anchor: `claim-${at + 1}`,
      counts: verdictCounts(checks),
      open: checks.filter(({ verdict }) => verdict !== "reproduced")
        .map(({ subject }) => subject).join(", "),
      gate: checks.some(({ severity }) => severity === "gate") ? "gate" : "info",
      checks: checks.map(checkView),
      facts: [
        { name: "Statistic", values: distinct(checks, "statistic") },
        { name: "Test", values: distinct(checks, "test") },
        { name: "The paper", values: distinct(checks, "expected") },
        { name: "Counts as reproduced", values: distinct(checks, "tolerance") },
        { name: "Would refute it", values: distinct(checks, "refutedBy") },
        { name: "Source", values: distinct(checks, "source") },
      ],
    };
  });
}

function checkView(claim: ClaimResult) {
  const { verdict, estimate, interval, level, pValue } = claim;
  return {
    ...SIGNS[verdict],
    verdict,
    subject: claim.subject,
    severity: claim.severity,
    explanation: claim.explanation,
    estimate: digits(estimate),
    outcome: outcome(claim),
    interval: interval === null ? NONE : `${digits(interval[0])} to ${digits(interval[1])}`,
    level: levelText(level),
    pValue: probability(pValue),
  };
}

/** "2.62 (95 % interval 1.71 to 4.00)", empty without an estimate. */
function outcome({ estimate, interval, level }: ClaimResult): string {
  if (estimate === null) return "";
  const range = interval &&
    ` (${levelText(level)} interval ${interval.map((end) => digits(end)).join(" to ")})`;
  return `: ${digits(estimate)}${range ?? ""}`;
}

function levelText(level: number | null): string {
  return level === null ? "" : `${Number((100 * level).toPrecision(3))} %`;
}

/** The texts of a field, each once: checks of one claim mostly share them. */
function distinct(
  checks: readonly ClaimResult[],
  field: "statistic" | "test" | "expected" | "tolerance" | "refutedBy" | "source",
): string[] {
  return [...new Set(checks.map((check) => check[field]))];
}

/** Networks that lack for the same reason, together. */
function missingGroups(missing: Result["missing"]) {
  const groups = Map.groupBy(missing, ({ why, fetch }) => JSON.stringify([why, fetch]));
  return [...groups.values()].map((networks) => ({
    ids: networks.map(({ id }) => id).join(", "),
    why: networks[0]!.why,
    fetch: networks[0]!.fetch,
  }));
}
