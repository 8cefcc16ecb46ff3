/**
 * Did numbers move by more than their noise? One t test a metric, on its scale: paired when both runs
 * have values of the same seeds and groups, else of two samples; variances are moderated over all
 * metrics that were measured alike. Where only an interval or a standard error is known the test is
 * normal.
 *
 * @module
 */
import { mean, normalCdf, normalQuantile, sampleDeviation, studentCdf } from "../stats/mod.ts";
import type { Metric, Replicate, Scale } from "./measured.ts";
import { moderateVariances } from "./moderated_variance.ts";
import { scaleSlope, toScale } from "./scale.ts";

/** The same metric in two runs. */
export interface MetricPair {
  readonly before: Metric;
  readonly after: Metric;
}

/** What one pair came to. */
export interface ShiftTest {
  /** After - before on the metric's scale. */
  readonly difference: number;
  /** Standard error of the difference on that scale; null when nothing is known of it. */
  readonly error: number | null;
  /** Degrees of freedom; infinite for a normal test. */
  readonly freedom: number;
  readonly paired: boolean;
}

/** A difference whose variance still waits for moderation. */
interface Sampled {
  readonly difference: number;
  readonly variance: number;
  readonly freedom: number;
  /** Error^2 = variance * this. */
  readonly factor: number;
  readonly family: string;
}

/**
 * Tests every pair; the order is kept.
 *
 * @param sameDraws Whether both runs drew the same random numbers, so that replicates of the same name
 * are pairs. Groups that are only images of a class pair anyway.
 */
export function testShifts(pairs: readonly MetricPair[], sameDraws: boolean): ShiftTest[] {
  const sampled = pairs.map((pair) => sample(pair, sameDraws));
  const families = Map.groupBy(
    sampled.flatMap((found, at) => found ? [{ found, at }] : []),
    ({ found }) => found.family,
  );
  const moderated = new Map<number, ShiftTest>();
  for (const members of families.values()) {
    const variances = moderateVariances(
      members.map(({ found: { variance, freedom } }) => ({ value: variance, freedom })),
    );
    for (const [place, { found, at }] of members.entries()) {
      // Values that all moved by the same have no noise to learn from their neighbours.
      const { value, freedom } = found.variance === 0
        ? { value: 0, freedom: found.freedom }
        : variances[place]!;
      moderated.set(at, {
        difference: found.difference,
        error: Math.sqrt(value * found.factor),
        freedom,
        paired: found.family.startsWith("paired"),
      });
    }
  }
  return pairs.map((pair, at) => moderated.get(at) ?? normalTest(pair));
}

/** One-sided p-value of "it rose" or "it fell", or the two-sided one of "it moved". */
export function shiftPValue(
  { difference, error, freedom }: ShiftTest,
  direction: "both" | "lower" | "higher",
): number | null {
  if (error === null) return null;
  const risen = tail(-difference, error, freedom);
  const fallen = tail(difference, error, freedom);
  if (direction === "both") return Math.min(1, 2 * Math.min(risen, fallen));
  return direction === "higher" ? risen : fallen;
}

/**
 * p-value of "the difference lies between the edges": two one-sided tests (Schuirmann 1987); null when
 * nothing is known of the noise.
 */
export function equivalencePValue(
  { difference, error, freedom }: ShiftTest,
  lower: number,
  upper: number,
): number | null {
  if (error === null) return null;
  return Math.max(
    tail(lower - difference, error, freedom),
    tail(difference - upper, error, freedom),
  );
}

/** P(T <= difference / error); exact when there is no noise at all. */
function tail(difference: number, error: number, freedom: number): number {
  if (error === 0) return difference < 0 ? 0 : 1;
  const t = difference / error;
  return freedom === Infinity ? normalCdf(t) : studentCdf(t, freedom);
}

/** The scale of the metric, unless a value of either run has no place on it. */
export function commonScale({ before, after }: MetricPair): Scale {
  const values = [before, after].flatMap(({ value, noise }) => {
    if (noise.kind === "replicates") return [value, ...noise.replicates.map(({ value }) => value)];
    return noise.kind === "interval" ? [value, ...noise.interval] : [value];
  });
  switch (before.scale) {
    case "linear":
      return "linear";
    case "log":
      return values.every((value) => value > 0) ? "log" : "linear";
    case "logit":
      return values.every((value) => value >= 0 && value <= 1) ? "logit" : "linear";
  }
}

function sample({ before, after }: MetricPair, sameDraws: boolean): Sampled | undefined {
  if (before.noise.kind !== "replicates" || after.noise.kind !== "replicates") return undefined;
  const scale = commonScale({ before, after });
  const onScale = ({ value }: Replicate) => toScale(value, scale, before.resolution);
  const [old, now] = [before.noise.replicates, after.noise.replicates];
  if (arePairs(old, now, sameDraws)) {
    const partners = new Map(old.map((replicate) => [replicate.key, onScale(replicate)]));
    const differences = now.map((replicate) => onScale(replicate) - partners.get(replicate.key)!);
    const n = differences.length;
    return {
      difference: mean(differences),
      variance: noiseless(differences) ? 0 : sampleDeviation(differences) ** 2,
      freedom: n - 1,
      factor: 1 / n,
      family: `paired ${scale}`,
    };
  }
  const [a, b] = [old.map(onScale), now.map(onScale)];
  const freedom = a.length + b.length - 2;
  return {
    difference: mean(b) - mean(a),
    variance: (sumOfSquares(a) + sumOfSquares(b)) / freedom,
    freedom,
    factor: 1 / a.length + 1 / b.length,
    family: `two samples ${scale}`,
  };
}

/** Equal up to the rounding of a logarithm's last digits. */
function noiseless(values: readonly number[]): boolean {
  return Math.max(...values) - Math.min(...values) <= 1e-12;
}

/** Groups that carry the number of a replicate are new draws unless the seeds are the same. */
function arePairs(a: readonly Replicate[], b: readonly Replicate[], sameDraws: boolean): boolean {
  const keys = new Set(a.map(({ key }) => key));
  const matching = a.length > 1 && keys.size === a.length && a.length === b.length &&
    new Set(b.map(({ key }) => key)).size === b.length && b.every(({ key }) => keys.has(key));
  return matching && (sameDraws || a.every(({ key }) => key.endsWith("#0")));
}

function sumOfSquares(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
}

function normalTest({ before, after }: MetricPair): ShiftTest {
  const scale = commonScale({ before, after });
  const { resolution } = before;
  const errors = [before, after].map((metric) => standardError(metric, scale)).filter((error) =>
    error !== null
  );
  return {
    difference: toScale(after.value, scale, resolution) - toScale(before.value, scale, resolution),
    error: errors.length === 2 ? Math.hypot(...errors) : null,
    freedom: Infinity,
    paired: false,
  };
}

/** Standard error of a value on a scale. An interval counts as normal, which is wide for few replicates. */
function standardError(
  { value, noise, resolution }: Metric,
  scale: Metric["scale"],
): number | null {
  switch (noise.kind) {
    case "unknown":
      return null;
    case "standard error":
      return noise.standardError * scaleSlope(value, scale, resolution);
    case "interval": {
      const [low, high] = noise.interval.map((end) => toScale(end, scale, resolution));
      return (high! - low!) / 2 / normalQuantile((1 + noise.level) / 2);
    }
    case "replicates": {
      const values = noise.replicates.map(({ value }) => toScale(value, scale, resolution));
      return values.length < 2 ? null : sampleDeviation(values) / Math.sqrt(values.length);
    }
  }
}
