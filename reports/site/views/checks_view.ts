/**
 * Every check of every run, those of one thing together.
 *
 * @module
 */
import type { PublishedRun } from "../published_run.ts";
import { checkView } from "./outcome.ts";
import { claimPath, runPath } from "./paths.ts";
import { runLabel } from "./run_row.ts";

/**
 * Groups of checks by claim and subject, each with a row for every run.
 *
 * @param wanted Which claims, by id and subject; all unless given.
 */
export function checkGroups(
  runs: readonly PublishedRun[],
  wanted: (id: string, subject: string) => boolean = () => true,
) {
  const checks = runs.flatMap((run) =>
    run.content.frame.claims.filter(({ id, subject }) => wanted(id, subject))
      .map((claim) => ({ run, claim }))
  );
  const groups = Map.groupBy(
    checks,
    ({ run, claim }) => JSON.stringify([claim.id, claim.subject, run.content.frame.experiment.id]),
  );
  return [...groups.values()].map((members) => {
    const [{ claim, run }] = members as [typeof members[number]];
    return {
      id: claim.id,
      title: claim.title,
      subject: claim.subject,
      experiment: run.content.frame.experiment.id,
      path: claimPath(claim.id),
      expected: claim.expected,
      rows: members.map((one) => ({
        ...checkView(one.claim),
        run: runPath(one.run.slug),
        label: runLabel(one.run),
        narrowed: one.run.content.frame.narrowed.length > 0,
      })),
    };
  });
}
