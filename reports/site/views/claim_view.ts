/**
 * A page for each claim: what it says, how it is tested, and how it came out everywhere.
 *
 * @module
 */
import type { ClaimResult } from "../../../harness/spec/mod.ts";
import { claimSummaries } from "../claim_summaries.ts";
import type { SitePage } from "../page.ts";
import type { PublishedRun } from "../published_run.ts";
import { checkGroups } from "./checks_view.ts";
import { summaryRow } from "./outcome.ts";
import { claimPath, experimentPath } from "./paths.ts";

/** @param runs Newest first. */
export function claimPages(runs: readonly PublishedRun[]): SitePage[] {
  const all = runs.flatMap(({ content }) => content.frame.claims);
  const claims = Map.groupBy(all, ({ id }) => id);
  const summaries = Map.groupBy(claimSummaries(runs), ({ claim }) => claim.id);
  return [...claims].sort(([a], [b]) => a < b ? -1 : 1).map(([id, checks]) => {
    const members = runs.filter(({ content }) => content.frame.claims.some((one) => one.id === id));
    return {
      path: claimPath(id),
      title: checks[0]!.title,
      template: "claim",
      view: {
        id,
        title: checks[0]!.title,
        facts: [
          { name: "The paper", values: distinct(checks, "expected") },
          { name: "Statistic", values: distinct(checks, "statistic") },
          { name: "Test", values: distinct(checks, "test") },
          { name: "Counts as reproduced", values: distinct(checks, "tolerance") },
          { name: "Would refute it", values: distinct(checks, "refutedBy") },
          { name: "Source", values: distinct(checks, "source") },
        ],
        experiments: [...new Set(members.map(({ content }) => content.frame.experiment.id))].sort()
          .map((experiment) => ({ experiment, path: experimentPath(experiment) })),
        summaries: (summaries.get(id) ?? []).map(summaryRow),
        checks: checkGroups(members, (other) => other === id),
      },
    };
  });
}

function distinct(
  checks: readonly ClaimResult[],
  field: "statistic" | "test" | "expected" | "tolerance" | "refutedBy" | "source",
): string[] {
  return [...new Set(checks.map((check) => check[field]))];
}
