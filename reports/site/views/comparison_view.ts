/**
 * Devices, engines and versions: runs that differ in nothing else, beside each other.
 *
 * @module
 */
import { digits, NONE, plural } from "../../views/mod.ts";
import type { SitePage } from "../page.ts";
import type { PublishedRun } from "../published_run.ts";
import { runDistance } from "../run_distance.ts";
import { runLabel, runRow } from "./run_row.ts";

/** The page; its script lays any two runs side by side. */
export function comparisonPage(runs: readonly PublishedRun[]): SitePage {
  const [first, second] = alike(runs);
  return {
    path: "compare.html",
    title: "Devices, engines, versions",
    template: "compare",
    scripts: ["scripts/compare_runs.js"],
    view: {
      groups: comparable(runs).map(groupView),
      runs: runs.map(runRow),
      choices: runs.map((run) => ({
        slug: run.slug,
        label: runLabel(run),
        first: run === first,
        second: run === second,
      })),
    },
  };
}

/** The newest two of one experiment, else of any: the older first. */
function alike(runs: readonly PublishedRun[]): (PublishedRun | undefined)[] {
  for (const [at, run] of runs.entries()) {
    const { id } = run.content.frame.experiment;
    const like = runs.slice(at + 1).find(({ content }) => content.frame.experiment.id === id);
    if (like) return [like, run];
  }
  return [runs[1], runs[0]];
}

/** Runs of the same specification, profile, seed and size, where there are at least two. */
function comparable(runs: readonly PublishedRun[]): PublishedRun[][] {
  const groups = Map.groupBy(runs, ({ content: { frame } }) =>
    JSON.stringify([
      frame.experiment.id,
      frame.experiment.specSha256,
      ...[frame.profile, frame.seed, frame.narrowed],
    ]));
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** The oldest run on a CPU, or the oldest, is what the others are held against. */
function groupView(members: readonly PublishedRun[]) {
  const oldest = members.toReversed();
  const reference = oldest.find(({ content }) => content.frame.device.kind === "cpu") ?? oldest[0]!;
  const { frame } = reference.content;
  return {
    title: `${frame.experiment.id}, ${frame.profile}, seed ${frame.seed}`,
    narrowed: frame.narrowed.join(" "),
    reference: runRow(reference),
    rows: oldest.filter((run) => run !== reference).map((run) => {
      const { shared, largest, at, verdicts } = runDistance(reference, run);
      return {
        ...runRow(run),
        shared,
        largest: largest === null ? NONE : digits(largest, 2),
        at: largest ? at : "",
        versions: changedVersions(reference, run) || "the same",
        verdicts: verdicts.length === 0
          ? "the same"
          : `${plural(verdicts.length, "other verdict")}: ${
            verdicts.map(({ subject, from, to }) => `${subject} (${from}, here ${to})`).join("; ")
          }`,
      };
    }),
  };
}

/** Packages whose version is not that of the other run. */
function changedVersions(from: PublishedRun, to: PublishedRun): string {
  const [before, after] = [from, to].map(({ content }) => content.frame.environment.versions);
  return Object.entries(after!).filter(([name, version]) =>
    before![name] !== undefined && before![name] !== version
  ).map(([name, version]) => `${name} ${version}`).sort().join(", ");
}
