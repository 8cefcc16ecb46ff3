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
  readonly claim: ClaimResult;
  readonly experiment: string;
  readonly profile: string;
  readonly outcome: Outcome;
  /** Whether its checks decide a run; else they only inform. */
  readonly gates: boolean;
  /** Whether only runs are left that are smaller than the profile. */
  readonly narrowed: boolean;
  /** The check that decides the newest run. */
  readonly decisive: ClaimResult;
  /** Checks that decide a run, in the newest. */
  readonly checks: number;
  /** The newest of the runs. */
  readonly newest: PublishedRun;
  readonly runs: number;
  /** Runs by their verdict on the claim. */
  readonly verdicts: ReadonlyMap<Verdict, number>;
}

/** From what settles a claim against it to what settles it for it. */
const WORST_FIRST: readonly Verdict[] = [
  "not reproduced",
  "inconclusive",
  "not comparable",
  "reproduced",
];

/**
 * Claims in the order of experiments, profiles and results. The checks of severity `gate` decide, or
 * all where there is none, and the worst of them is the verdict of a run. Runs that were made smaller than their profile
 * count only where there are no others.
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

function summaryOf(id: string, runs: readonly PublishedRun[], narrowed: boolean): ClaimSummary {
  const decided = runs.flatMap((run) => {
    const { checks, gates } = decidingChecks(run, id);
    const decisive = checks.toSorted((a, b) => rank(a) - rank(b))[0];
    return decisive ? [{ run, checks, gates, decisive }] : [];
  });
  const [newest] = decided as [typeof decided[number]];
  const verdicts = new Map(
    [...Map.groupBy(decided, ({ decisive }) => decisive.verdict)].map(([verdict, { length }]) =>
      [verdict, length] as const
    ),
  );
  const { experiment, profile } = newest.run.content.frame;
  return {
    claim: newest.checks[0]!,
    experiment: experiment.id,
    profile,
    outcome: verdicts.size === 1 ? newest.decisive.verdict : "mixed",
    gates: newest.gates,
    narrowed,
    decisive: newest.decisive,
    checks: newest.checks.length,
    newest: newest.run,
    runs: decided.length,
    verdicts,
  };
}

function decidingChecks({ content }: PublishedRun, id: string) {
  const checks = content.frame.claims.filter((claim) => claim.id === id);
  const gating = checks.filter(({ severity }) => severity === "gate");
  return { checks: gating.length > 0 ? gating : checks, gates: gating.length > 0 };
}

function rank({ verdict }: ClaimResult): number {
  return WORST_FIRST.indexOf(verdict);
}
