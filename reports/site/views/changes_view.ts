/**
 * What changed and when, from the results alone: each run, held against the one before it.
 *
 * @module
 */
import { sha256 } from "../../../harness/base/mod.ts";
import { headline, plural } from "../../views/mod.ts";
import type { SitePage } from "../page.ts";
import type { PublishedRun } from "../published_run.ts";
import { runDistance } from "../run_distance.ts";
import { experimentPath, runPath } from "./paths.ts";
import { runLabel, timeText } from "./run_row.ts";

/** Entries of the feed; the page has them all. */
const NEWEST = 50;

/** The page. */
export function changesPage(runs: readonly PublishedRun[]): SitePage {
  return {
    path: "changes.html",
    title: "Changes",
    template: "changes",
    view: { entries: changes(runs) },
  };
}

/** What the Atom feed shows; null without runs. */
export function feedView(runs: readonly PublishedRun[]) {
  const entries = changes(runs).slice(0, NEWEST);
  const [newest] = entries;
  return newest ? { id: uuid("feed of changes"), updated: newest.started, entries } : null;
}

/** @param runs Newest first. */
function changes(runs: readonly PublishedRun[]) {
  return runs.map((run, at) => {
    const { frame } = run.content;
    const before = runs.slice(at + 1).find(({ content }) =>
      content.frame.experiment.id === frame.experiment.id &&
      content.frame.profile === frame.profile
    );
    return {
      id: uuid(run.sha256),
      path: runPath(run.slug),
      experiment: frame.experiment.id,
      experimentPath: experimentPath(frame.experiment.id),
      label: runLabel(run),
      started: frame.environment.startedAt,
      time: timeText(frame.environment.startedAt),
      headline: headline(frame.claims),
      ...changeSince(run, before),
    };
  });
}

function changeSince(run: PublishedRun, before: PublishedRun | undefined) {
  if (!before) return { since: "The first run of this profile.", verdicts: [] };
  const { verdicts } = runDistance(before, run);
  return {
    since: verdicts.length === 0
      ? "No verdict differs from the run before it."
      : `${plural(verdicts.length, "verdict")} other than in the run before it:`,
    verdicts,
  };
}

/** A name that needs no address: a UUID from a digest (version 8). */
function uuid(name: string): string {
  const hex = sha256(name);
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `urn:uuid:${parts.join("-")}`;
}
