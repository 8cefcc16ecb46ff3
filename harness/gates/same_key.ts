/**
 * Results that claim to be the same run must say the same.
 *
 * @module
 */
import { canonicalJson, RunError } from "../base/mod.ts";
import type { Measured } from "./measured.ts";

/**
 * Runs without repetitions of the same result.
 *
 * @throws {RunError} When two results have the same basis and the same place but different numbers.
 */
export function distinctRuns(runs: readonly Measured[]): Measured[] {
  const found = new Map<string, Measured>();
  for (const run of runs) {
    const key = canonicalJson([run.basis, run.place]);
    const before = found.get(key);
    if (before === undefined) {
      found.set(key, run);
      continue;
    }
    const differing = firstDifference(before, run);
    if (differing !== undefined) {
      throw new RunError(
        `${before.file} and ${run.file}: both are ${run.basis.experiment}, seed ${run.basis.seed}, on ` +
          `${run.place.device} of one version and machine, but ${differing} differs`,
      );
    }
  }
  return [...found.values()];
}

/** Name of the first metric or verdict that two runs do not share. */
function firstDifference(a: Measured, b: Measured): string | undefined {
  const content = ({ metrics, verdicts }: Measured) =>
    new Map([...metrics, ...verdicts].map((item) => [item.name, canonicalJson(item)]));
  const [one, other] = [content(a), content(b)];
  return [...new Set([...one.keys(), ...other.keys()])].find((name) =>
    one.get(name) !== other.get(name)
  );
}
