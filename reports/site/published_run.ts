/**
 * Which run a stored result is: its key, and the order and folder that follow from it.
 *
 * @module
 */
import { canonicalJson, RunError, sha256 } from "../../harness/base/mod.ts";
import type { RunContent } from "./run_content.ts";
import { slugOf } from "./slug.ts";

/** A result as it was found. */
export interface StoredRun {
  /** For messages. */
  readonly file: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly content: RunContent;
  /** Those of its `content.pictures`, by name. */
  readonly pictures: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** The `deno.lock` that it ran with, where that was stored with it. */
  readonly lock?: { readonly sha256: string; readonly bytes: Uint8Array<ArrayBuffer> };
}

/** A result with its place in the site. */
export interface PublishedRun extends StoredRun {
  /** Folder under `runs`. */
  readonly slug: string;
  readonly sha256: string;
}

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/**
 * The runs, newest first; a result that is there twice is published once.
 *
 * @throws {RunError} When two results say that they are the same run but differ, or when the start of
 * one is not a time.
 */
export function publishedRuns(stored: readonly StoredRun[]): PublishedRun[] {
  const byKey = new Map<string, PublishedRun>();
  for (const run of stored) {
    const { experiment, profile, device, environment } = run.content.frame;
    if (!ISO_TIME.test(environment.startedAt)) {
      throw new RunError(
        `${run.file}: environment.startedAt: found "${environment.startedAt}", wanted a time such ` +
          "as 2020-01-02T03:04:05Z",
      );
    }
    const key = keyOf(run.content);
    const digest = sha256(run.bytes);
    const other = byKey.get(key);
    if (other && other.sha256 !== digest) {
      throw new RunError(
        `${other.file} and ${run.file}: both are the run of ${experiment.id} that started at ` +
          `${environment.startedAt}, but their contents differ; only one can be published`,
      );
    }
    const name = [experiment.id, profile, device.kind].map(slugOf).join("-");
    byKey.set(key, { ...run, sha256: digest, slug: `${name}-${sha256(key).slice(0, 10)}` });
  }
  return [...byKey.values()].sort((a, b) =>
    compare(startOf(b), startOf(a)) || compare(a.slug, b.slug)
  );
}

/** Everything that a repetition would share or differ in, but nothing that was found. */
function keyOf({ frame, engines }: RunContent): string {
  const { experiment, profile, seed, narrowed, device, environment } = frame;
  const { kind, threads, runtime, adapter } = device;
  return canonicalJson({
    experiment: experiment.id,
    spec: experiment.specSha256,
    ...{ profile, seed, narrowed, engines },
    device: { kind, threads, runtime, adapter },
    commit: environment.git.commit,
    startedAt: environment.startedAt,
  });
}

function startOf({ content }: PublishedRun): string {
  return content.frame.environment.startedAt;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
