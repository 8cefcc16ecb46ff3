/**
 * Everything there is on one page, which is also what the search looks through.
 *
 * @module
 */
import { headline } from "../../views/mod.ts";
import { claimSummaries } from "../claim_summaries.ts";
import type { SitePage } from "../page.ts";
import type { PublishedRun } from "../published_run.ts";
import { claimPath, experimentPath, networkPath, runPath } from "./paths.ts";
import { runLabel } from "./run_row.ts";

interface Entry {
  readonly path: string;
  readonly name: string;
  readonly text: string;
}

/**
 * @param runs Newest first.
 * @param others Other pages, such as scoring sheets.
 */
export function contentsPage(
  runs: readonly PublishedRun[],
  others: readonly { readonly path: string; readonly title: string }[],
): SitePage {
  return {
    path: "contents.html",
    title: "Contents",
    template: "contents",
    scripts: ["scripts/search_contents.js"],
    view: {
      sections: [
        { title: "Experiments", id: "experiments", entries: experimentEntries(runs) },
        { title: "Claims", id: "claims", entries: claimEntries(runs) },
        { title: "Networks", id: "networks", entries: networkEntries(runs) },
        { title: "Runs", id: "runs", entries: runs.map(runEntry) },
        {
          title: "Other pages",
          id: "more",
          entries: others.map(({ path, title }) => ({ path, name: title, text: "" })),
        },
      ].filter(({ entries }) => entries.length > 0),
    },
  };
}

function experimentEntries(runs: readonly PublishedRun[]): Entry[] {
  return distinct(runs.map(({ content: { frame: { experiment } } }) => ({
    path: experimentPath(experiment.id),
    name: experiment.title,
    text: `${experiment.id}. ${experiment.summary} ${experiment.paper}. ${experiment.figure}.`,
  })));
}

function claimEntries(runs: readonly PublishedRun[]): Entry[] {
  const outcomes = Map.groupBy(claimSummaries(runs), ({ claim }) => claim.id);
  const claims = runs.flatMap(({ content }) => content.frame.claims);
  return distinct(claims.map(({ id, title, statistic, expected }) => ({
    path: claimPath(id),
    name: title,
    text: `${id}: ${
      outcomes.get(id)!.map(({ experiment, profile, outcome }) =>
        `${outcome} in ${experiment}, ${profile}`
      ).join("; ")
    }. ${statistic}. The paper: ${expected}.`,
  })));
}

function networkEntries(runs: readonly PublishedRun[]): Entry[] {
  return distinct(runs.flatMap(({ content }) =>
    content.models.map(({ id, title, about }) => ({
      path: networkPath(id),
      name: title,
      text: `${id}: ${about}.`,
    }))
  ));
}

function runEntry(run: PublishedRun): Entry {
  const { frame } = run.content;
  return {
    path: runPath(run.slug),
    name: runLabel(run),
    text: `${headline(frame.claims)}. ${frame.device.runtime}. ${frame.command}`,
  };
}

/** One entry a page: the newest. */
function distinct(entries: readonly Entry[]): Entry[] {
  const byPath = new Map<string, Entry>();
  for (const entry of entries) if (!byPath.has(entry.path)) byPath.set(entry.path, entry);
  return [...byPath.values()].sort((a, b) => a.path < b.path ? -1 : 1);
}
