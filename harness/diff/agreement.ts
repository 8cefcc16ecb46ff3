/**
 * How far runs of one experiment agree over devices, engines and seeds: numbers to the levels of the
 * README (L0 equal bits, L1 a relative 1e-4), claims by their verdicts.
 *
 * @module
 */
import { type Measured, type Metric, whyNotComparable } from "../gates/mod.ts";

/** Largest relative difference between devices that L1 allows. */
export const L1 = 1e-4;

/** A run with the name that its column has. */
export interface NamedRun {
  readonly name: string;
  readonly run: Measured;
}

/** How closely numbers agree. */
export type AgreementLevel = "L0" | "L1" | "beyond L1";

/** One number over runs with the same profile and seed. */
export interface NumberAgreement {
  readonly name: string;
  /** Value of the first run. */
  readonly reference: number;
  /** Largest relative difference to it over replicates, by run; null where a run lacks the number. */
  readonly differences: Readonly<Record<string, number | null>>;
  readonly level: AgreementLevel;
}

/** One claim over all runs of a profile. */
export interface VerdictAgreement {
  readonly name: string;
  readonly gates: boolean;
  /** Null where a run did not check it. */
  readonly verdicts: Readonly<Record<string, string | null>>;
  readonly agree: boolean;
}

/**
 * Numbers of the first run beside those of the others; claims are compared by their verdicts instead.
 *
 * @throws {RangeError} When the runs do not measure the same.
 */
export function numberAgreement([first, ...others]: readonly NamedRun[]): NumberAgreement[] {
  if (first === undefined) return [];
  for (const { name, run } of others) {
    const reasons = whyNotComparable(first.run.basis, run.basis);
    if (reasons.length > 0) {
      throw new RangeError(`Cannot compare ${name} with ${first.name}: ${reasons.join("; ")}`);
    }
  }
  return first.run.metrics.filter(({ name }) => !name.startsWith("claims/")).map((metric) => {
    const differences = Object.fromEntries(others.map(({ name, run }) => {
      const other = run.metrics.find((candidate) => candidate.name === metric.name);
      return [name, other ? largestDifference(metric, other) : null];
    }));
    const largest = Math.max(0, ...Object.values(differences).map((value) => value ?? Infinity));
    return { name: metric.name, reference: metric.value, differences, level: levelOf(largest) };
  });
}

function levelOf(difference: number): AgreementLevel {
  return difference === 0 ? "L0" : difference <= L1 ? "L1" : "beyond L1";
}

/** Over the replicates, which carry the same names when the seed is the same. */
function largestDifference(a: Metric, b: Metric): number {
  const [old, now] = [valuesOf(a), valuesOf(b)];
  return Math.max(
    ...[...new Set([...old.keys(), ...now.keys()])].map((key) => {
      const [x, y] = [old.get(key), now.get(key)];
      return x === undefined || y === undefined ? Infinity : relativeDifference(x, y);
    }),
  );
}

function valuesOf({ noise, value }: Metric): Map<string, number> {
  return noise.kind === "replicates"
    ? new Map(noise.replicates.map(({ key, value }) => [key, value]))
    : new Map([["", value]]);
}

function relativeDifference(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}

/** The verdicts on each claim of any run, in the order in which the runs name them. */
export function verdictAgreement(runs: readonly NamedRun[]): VerdictAgreement[] {
  const all = runs.flatMap(({ run }) => run.verdicts);
  const names = new Map(all.map(({ name, gates }) => [name, gates]));
  return [...names].map(([name, gates]) => {
    const verdicts = Object.fromEntries(runs.map((named) => [
      named.name,
      named.run.verdicts.find((found) => found.name === name)?.verdict ?? null,
    ]));
    return { name, gates, verdicts, agree: new Set(Object.values(verdicts)).size === 1 };
  });
}
