/**
 * A page for each run: verdicts, what to take away, and what produced it.
 *
 * @module
 */
import { formatBytes, formatDuration } from "../../../harness/base/mod.ts";
import { count, environmentFacts, headline, NONE, plural } from "../../views/mod.ts";
import type { SitePage } from "../page.ts";
import type { PublishedRun } from "../published_run.ts";
import { checkGroups } from "./checks_view.ts";
import { experimentPath, lockPath, networkPath, runPath } from "./paths.ts";
import { runLabel, runRow } from "./run_row.ts";

/** A file of the run's folder. */
export interface RunFile {
  readonly name: string;
  readonly about: string;
  readonly bytes: number;
}

/**
 * The page.
 *
 * @param files What lies beside it.
 * @param pages To which it leads.
 */
export function runPage(
  run: PublishedRun,
  files: readonly RunFile[],
  pages: readonly Pick<SitePage, "path" | "title">[],
): SitePage {
  const { frame, models } = run.content;
  const { experiment, command, environment } = frame;
  return {
    path: runPath(run.slug),
    title: runLabel(run),
    template: "run",
    view: {
      experiment,
      experimentPath: experimentPath(experiment.id),
      row: runRow(run),
      headline: headline(frame.claims),
      narrowed: frame.narrowed.join(" "),
      command,
      commit: environment.git.commit ?? NONE,
      lockSha256: environment.lockSha256 ?? "",
      lockPath: run.lock ? lockPath(run.lock.sha256) : "",
      isDirty: environment.git.dirty === true,
      facts: factsOf(run),
      versions: Object.entries(environment.versions).sort(([a], [b]) => a < b ? -1 : 1)
        .map(([name, version]) => ({ name, version })),
      files: files.filter(({ name }) => !name.startsWith("figures/")).map(fileView),
      figures: files.filter(({ name }) => name.startsWith("figures/")).map(fileView),
      pages: pages.map(({ path, title }) => ({ path, title })),
      networks: models.map(({ id, title, about }) => ({ path: networkPath(id), title, about })),
      checks: checkGroups([run]),
      notChecked: frame.notChecked,
      missing: frame.missing,
      notes: frame.notes,
    },
  };
}

function fileView({ name, about, bytes }: RunFile) {
  return { name, about, size: formatBytes(bytes) };
}

function factsOf({ content, sha256 }: PublishedRun) {
  const { frame, engines } = content;
  const { device, environment, experiment } = frame;
  const { adapter } = device;
  const facts: readonly [string, string][] = [
    ["Started", environment.startedAt],
    ["Took", formatDuration(environment.seconds)],
    [
      "Cells",
      `${count(environment.cells.computed)} computed, ${
        count(environment.cells.cached)
      } from the store`,
    ],
    ["Profile", frame.profile],
    ["Seed", String(frame.seed)],
    ["Device", `${device.kind}: ${device.reason}`],
    ["Runtime", `${device.runtime}, ${plural(device.threads, "thread")}`],
    [
      "WebGPU adapter",
      adapter
        ? `${
          [adapter.vendor, adapter.architecture, adapter.description].filter(Boolean).join(", ")
        }${adapter.isFallbackAdapter ? " (software)" : ""}`
        : "not used",
    ],
    ["Training engine", engines.join(", ") || "nothing was trained"],
    ...environmentFacts(environment),
    ["Memory", `${formatBytes(environment.peakMemoryBytes)} at most`],
    ["Specification, SHA-256", experiment.specSha256],
    ["result.json, SHA-256", sha256],
  ];
  return facts.map(([name, value]) => ({ name, value }));
}
