/**
 * What all runs together say about a claim.
 *
 * @module
 */
import type { ClaimResult, Verdict } from "../../harness/spec/mod.ts";
import type { PublishedRun } from "./published_run.ts";

/** A verdict, or that runs do not agree. */
export type Outcome = Verdict | "mixed";

/** One claim on one profile of one experiment. */
export interface ClaimSummary {
  readonly title: string;
  /** The check that settles the newest run: the worst. */
  readonly claim: ClaimResult;
  readonly experiment: string;
  readonly profile: string;
  readonly outcome: Outcome;
  /** Whether its checks decide a run; else they only inform. */
  readonly gates: boolean;
  /** Whether only runs are left that are smaller than the profile. */
  readonly narrowed: boolean;
  /** Checks that count in the newest run, the worst first. */
  readonly checks: readonly ClaimResult[];
  readonly newest: PublishedRun;
  /** Runs by what they came to. */
  readonly outcomes: ReadonlyMap<Outcome, number>;
}

/** From what settles a claim against it to what settles it for it. */
const WORST_FIRST: readonly Verdict[] = [
  "not reproduced",
  "inconclusive",
  "not comparable",
  "reproduced",
];

/**
 * Claims in the order of experiments, profiles and results. Where checks of severity `gate` are made,
 * they decide, and the worst of them is the verdict of a run; where there is none, all count, and a
 * run whose checks differ is mixed. Runs that were made smaller than their profile count only where
 * there are no others.
 *
 * @param runs Newest first.
 */
export function claimSummaries(runs: readonly PublishedRun[]): ClaimSummary[] {
  const groups = Map.groupBy(
    runs,
    ({ content: { frame } }) => JSON.stringify([frame.experiment.id, frame.profile]),
  );
  return [...groups].sort(([a], [b]) => a < b ? -1 : 1).flatMap(([, members]) => {
    const whole = members.filter(({ content }) => content.frame.narrowed.length === 0);
    const counted = whole.length > 0 ? whole : members;
    const ids = new Set(counted.flatMap(({ content }) => content.frame.claims.map(({ id }) => id)));
    return [...ids].map((id) => summaryOf(id, counted, whole.length === 0));
  });
}

/** "3 of 4 claims reproduced"; claims without a gate are not counted. */
export function summariesHeadline(summaries: readonly ClaimSummary[]): string {
  const gating = summaries.filter(({ gates }) => gates);
  if (gating.length === 0) return "No claim was decided yet";
  const reproduced = gating.filter(({ outcome }) => outcome === "reproduced").length;
  return `${reproduced} of ${gating.length} claim${gating.length === 1 ? "" : "s"} reproduced`;
}

function summaryOf(id: string, runs: readonly PublishedRun[], narrowed: boolean): ClaimSummary {
  const decided = runs.flatMap((run) => {
    const checks = run.content.frame.claims.filter((claim) => claim.id === id);
    return checks.length > 0 ? [{ run, ...decide(checks) }] : [];
  });
  const [newest] = decided as [typeof decided[number]];
  const outcomes = new Map(
    [...Map.groupBy(decided, ({ outcome }) => outcome)].map(([outcome, { length }]) =>
      [outcome, length] as const
    ),
  );
  const { experiment, profile } = newest.run.content.frame;
  return {
    title: newest.title,
    claim: newest.decisive,
    experiment: experiment.id,
    profile,
    outcome: outcomes.size === 1 ? newest.outcome : "mixed",
    gates: newest.gates,
    narrowed,
    checks: newest.checks,
    newest: newest.run,
    outcomes,
  };
}

/** What the checks of one claim in one run come to. */
function decide(all: readonly ClaimResult[]) {
  const gating = all.filter(({ severity }) => severity === "gate");
  const gates = gating.length > 0;
  const checks = (gates ? gating : all).toSorted((a, b) => rank(a) - rank(b));
  const [decisive] = checks as [ClaimResult];
  const agree = checks.every(({ verdict }) => verdict === decisive.verdict);
  const outcome: Outcome = gates || agree ? decisive.verdict : "mixed";
  return { title: all[0]!.title, checks, gates, decisive, outcome };
}

function rank({ verdict }: ClaimResult): number {
  return WORST_FIRST.indexOf(verdict);
}
