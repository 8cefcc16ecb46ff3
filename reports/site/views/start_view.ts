/**
 * The start page: what was reproduced, what was not, how sure.
 *
 * @module
 */
import { plural } from "../../views/mod.ts";
import { claimSummaries, type Outcome, summariesHeadline } from "../claim_summaries.ts";
import type { SitePage } from "../page.ts";
import type { PublishedRun } from "../published_run.ts";
import { outcomeView, summaryRow } from "./outcome.ts";
import { experimentPath } from "./paths.ts";
import { runRow } from "./run_row.ts";

/** Newest runs that the page names. */
const NEWEST = 5;

const OUTCOMES: readonly Outcome[] = [
  "reproduced",
  "not reproduced",
  "inconclusive",
  "mixed",
  "not comparable",
];

/** A page that belongs to no run. */
interface Addition {
  readonly path: string;
  readonly title: string;
  readonly about: string;
}

/**
 * The page.
 *
 * @param runs Newest first.
 */
export function startPage(
  runs: readonly PublishedRun[],
  additions: readonly Addition[],
): SitePage {
  const summaries = claimSummaries(runs);
  const experiments = Map.groupBy(summaries, ({ experiment }) => experiment);
  return {
    path: "index.html",
    title: summariesHeadline(summaries),
    template: "start",
    view: {
      headline: summariesHeadline(summaries),
      tally: OUTCOMES.map((outcome) => ({
        ...outcomeView(outcome),
        count: summaries.filter((one) => one.gates && one.outcome === outcome).length,
      })).filter(({ count }) => count > 0),
      papers: [...new Set(runs.map(({ content }) => content.frame.experiment.paper))].sort(),
      runs: plural(runs.length, "run"),
      experiments: [...experiments].map(([id, claims]) => ({
        id,
        title: claims[0]!.newest.content.frame.experiment.title,
        path: experimentPath(id),
        claims: claims.map(summaryRow),
      })),
      informing: summaries.some(({ gates }) => !gates),
      narrowed: summaries.some(({ narrowed }) => narrowed),
      additions: additions.map(({ path, title, about }) => ({ path, title, about })),
      newest: runs.slice(0, NEWEST).map(runRow),
      more: runs.length > NEWEST,
    },
  };
}
