/**
 * A page for each experiment: the paper beside every published run.
 *
 * @module
 */
import { claimSummaries, summariesHeadline } from "../claim_summaries.ts";
import type { SitePage } from "../page.ts";
import type { PublishedRun } from "../published_run.ts";
import { checkGroups } from "./checks_view.ts";
import { summaryRow } from "./outcome.ts";
import { experimentPath } from "./paths.ts";
import { profileView } from "./profiles_view.ts";
import { runRow } from "./run_row.ts";

/** @param runs Newest first. */
export function experimentPages(runs: readonly PublishedRun[]): SitePage[] {
  const experiments = Map.groupBy(runs, ({ content }) => content.frame.experiment.id);
  return [...experiments].sort(([a], [b]) => a < b ? -1 : 1).map(([id, members]) => {
    const { experiment } = members[0]!.content.frame;
    const summaries = claimSummaries(members);
    const profiles = Map.groupBy(members, ({ content }) => content.frame.profile);
    return {
      path: experimentPath(id),
      title: experiment.title,
      template: "experiment",
      view: {
        experiment,
        headline: summariesHeadline(summaries),
        claims: summaries.map(summaryRow),
        runs: members.map(runRow),
        notChecked: distinctNotes(members.flatMap(({ content }) => content.frame.notChecked)),
        notes: [...new Set(members.flatMap(({ content }) => content.frame.notes))],
        profiles: [...profiles].map(([profile, runs]) => ({
          profile,
          networks: modelsOf(runs).map((model) => profileView(model, runs)),
        })),
        checks: checkGroups(members),
      },
    };
  });
}

/** Ids of all networks, in the order of the newest run. */
export function modelsOf(runs: readonly PublishedRun[]): string[] {
  return [...new Set(runs.flatMap(({ content }) => content.models.map(({ id }) => id)))];
}

function distinctNotes(notes: readonly { readonly id: string; readonly why: string }[]) {
  return [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
}
