/**
 * A run in a line of a table.
 *
 * @module
 */
import { formatDuration } from "../../../harness/base/mod.ts";
import { NONE, verdictCounts } from "../../views/mod.ts";
import type { PublishedRun } from "../published_run.ts";
import { runPath } from "./paths.ts";

/** Day and minute, in UTC. */
export function timeText(startedAt: string): string {
  return startedAt.slice(0, 16).replace("T", " ");
}

/** Enough to know a run by. */
export function runLabel({ content: { frame } }: PublishedRun): string {
  const { experiment, profile, device, seed, environment } = frame;
  return `${experiment.id}, ${profile}, ${device.kind}, seed ${seed}, ${
    timeText(environment.startedAt)
  }`;
}

/** What sets runs apart. */
export function runRow(run: PublishedRun) {
  const { frame, engines } = run.content;
  const { environment, device, narrowed } = frame;
  return {
    path: runPath(run.slug),
    slug: run.slug,
    label: runLabel(run),
    experiment: frame.experiment.id,
    profile: frame.profile,
    started: environment.startedAt,
    time: timeText(environment.startedAt),
    device: device.kind,
    threads: device.threads,
    runtime: device.runtime,
    engine: engines.join(", ") || NONE,
    deno: environment.versions["deno"] ?? NONE,
    commit: environment.git.commit?.slice(0, 8) ?? NONE,
    system: `${environment.os} ${environment.arch}`,
    seed: frame.seed,
    took: formatDuration(environment.seconds),
    narrowed: narrowed.join(" "),
    counts: verdictCounts(frame.claims).map(({ verdict, count, sign, style }) => ({
      verdict,
      count,
      sign,
      style,
    })),
  };
}
