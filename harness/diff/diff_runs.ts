/**
 * Everything that two runs differ in.
 *
 * @module
 */
import type { Measured } from "../gates/mod.ts";
import { type ChangedFact, diffBasis, diffPlace } from "./diff_facts.ts";
import { diffNumbers, type NumberDiff } from "./diff_numbers.ts";

/** A verdict that is not the same in both runs; null where it is absent. */
export interface VerdictDiff {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** The comparison of two runs. */
export interface RunDiff {
  readonly before: string;
  readonly after: string;
  readonly basis: readonly ChangedFact[];
  readonly environment: readonly ChangedFact[];
  readonly verdicts: readonly VerdictDiff[];
  readonly numbers: readonly NumberDiff[];
}

/** Compares two runs; `factor` as in `diffNumbers`. */
export function diffRuns(before: Measured, after: Measured, factor: number): RunDiff {
  const [old, now] = [before, after].map(({ verdicts }) =>
    new Map(verdicts.map(({ name, verdict }) => [name, verdict]))
  ) as [Map<string, string>, Map<string, string>];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return {
    before: before.file,
    after: after.file,
    basis: diffBasis(before.basis, after.basis),
    environment: diffPlace(before, after),
    verdicts: names.filter((name) => old.get(name) !== now.get(name)).map((name) => ({
      name,
      before: old.get(name) ?? null,
      after: now.get(name) ?? null,
    })),
    numbers: diffNumbers(before, after, factor),
  };
}
