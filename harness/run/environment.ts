/**
 * The circumstances of a run, as results tell of them.
 *
 * @module
 */
import type { Result } from "../spec/mod.ts";
import { gitCommit } from "./git_commit.ts";
import { lockDigest } from "./package_lock.ts";
import { machine } from "./machine.ts";
import { peakMemory, versions } from "./provenance.ts";

/** When a run began. */
export interface RunStart {
  readonly at: string;
  /** On the clock of `performance.now()`. */
  readonly milliseconds: number;
}

/** The beginning of a run. */
export function runStart(): RunStart {
  return { at: new Date().toISOString(), milliseconds: performance.now() };
}

/** What the run was given and did. */
export interface RunSettings {
  readonly batchSize: number;
  readonly memoryBytes: number;
  /** Everything that was computed or taken from the store. */
  readonly finished: readonly { readonly cached: boolean }[];
}

/** To be called when all is computed. */
export async function environmentResult(
  { at, milliseconds }: RunStart,
  { batchSize, memoryBytes, finished }: RunSettings,
): Promise<Result["environment"]> {
  const cached = finished.filter((cell) => cell.cached).length;
  const lockSha256 = await lockDigest();
  return {
    startedAt: at,
    seconds: (performance.now() - milliseconds) / 1000,
    git: { commit: await gitCommit(), dirty: null },
    versions: versions(),
    ...lockSha256 !== undefined && { lockSha256 },
    os: Deno.build.os,
    arch: Deno.build.arch,
    machine: await machine(),
    cells: { total: finished.length, computed: finished.length - cached, cached },
    peakMemoryBytes: peakMemory(),
    batchSize,
    memoryBudgetBytes: memoryBytes,
  };
}
