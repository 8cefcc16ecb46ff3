/**
 * Did numbers move by more than their noise? One t test a metric, on its scale: paired when both runs
 * have values of the same seeds and groups, else of two samples; variances are moderated over all
 * metrics that were measured alike. Where only an interval or a standard error is known, that is used.
 *
 * @module
 */
import { mean, normalCdf, normalQuantile, sampleDeviation, studentCdf } from "../stats/mod.ts";
import type { Metric, Replicate, Scale } from "./measured.ts";
import { moderateByOthers, moderateVariances, type Variance } from "./moderated_variance.ts";
import { scaleSlope, toScale } from "./scale.ts";

/** The same metric in two runs. */
export interface MetricPair {
  readonly before: Metric;
  readonly after: Metric;
}

/** Differences of pairs below a hundredth of the deviation between draws are called none. */
const LEAST_SHARE = 1e-4;

/**
 * Degrees of freedom of a test from intervals, which do not tell from how many values they were made:
 * those of two runs with three replicates, the fewest that a claim takes.
 */
const INTERVAL_FREEDOM = 4;

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

/**
 * Tests every pair; the order is kept.
 *
 * Replicates of the same draws are compared one by one. How much noise is left then (none on the same
 * machine, nearly all where rounding grows during training) is learnt from all metrics together, as a
 * share of each metric's variance between draws: three differences of one metric could not tell.
 */
export function testShifts(pairs: readonly MetricPair[]): ShiftTest[] {
  const samples = pairs.map((pair) => sample(pair));
  const between = moderateWithin(samples);
  const shares = shareOfNoise(samples, between);
  return pairs.map((pair, at): ShiftTest => {
    const found = samples[at];
    if (!found) return testOfValues(pair);
    const { differences } = found;
    if (differences === undefined) {
      const { value, freedom } = between[at]!;
      const error = Math.sqrt(value * found.factor);
      return { difference: found.difference, error, freedom, paired: false };
    }
    const { value, freedom } = shares[at]!;
    const error = Math.sqrt(value * between[at]!.value / differences.length);
    return { difference: found.difference, error, freedom, paired: true };
  });
}

/** Two sets of replicates of one metric on its scale. */
interface Sampled {
  readonly difference: number;
  /** Between draws, from the replicates of both runs. */
  readonly variance: Variance;
  /** Error^2 = variance * this, when they are not pairs. */
  readonly factor: number;
  readonly scale: Scale;
  /** One for each pair of replicates, when they are pairs. */
  readonly differences?: readonly number[];
}

/** The variances between draws, moderated among metrics of one scale. */
function moderateWithin(samples: readonly (Sampled | undefined)[]): (Variance | undefined)[] {
  const moderated: (Variance | undefined)[] = samples.map(() => undefined);
  const places = [...samples.keys()].filter((at) => samples[at] !== undefined);
  for (const members of Map.groupBy(places, (at) => samples[at]!.scale).values()) {
    const variances = moderateVariances(members.map((at) => samples[at]!.variance));
    for (const [place, at] of members.entries()) moderated[at] = variances[place]!;
  }
  return moderated;
}

/**
 * For pairs: variance of the differences as a share of that between draws, moderated by the other pairs,
 * since a metric that moved must not widen what is expected of it.
 */
function shareOfNoise(
  samples: readonly (Sampled | undefined)[],
  between: readonly (Variance | undefined)[],
): (Variance | undefined)[] {
  const places = [...samples.keys()].filter((at) => samples[at]?.differences !== undefined);
  const raw = places.map((at): Variance => {
    const differences = samples[at]!.differences!;
    const scale = between[at]!.value;
    const share = scale > 0 ? sampleDeviation([...differences]) ** 2 / scale : 0;
    return { value: Math.max(LEAST_SHARE, share), freedom: differences.length - 1 };
  });
  const shares: (Variance | undefined)[] = samples.map(() => undefined);
  for (const [place, at] of places.entries()) shares[at] = moderateByOthers(raw, place);
  return shares;
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

function sample({ before, after }: MetricPair): Sampled | undefined {
  if (before.noise.kind !== "replicates" || after.noise.kind !== "replicates") return undefined;
  const scale = commonScale({ before, after });
  const onScale = ({ value }: Replicate) => toScale(value, scale, before.resolution);
  const [old, now] = [before.noise.replicates, after.noise.replicates];
  const [a, b] = [old.map(onScale), now.map(onScale)];
  const freedom = a.length + b.length - 2;
  const sampled = {
    difference: mean(b) - mean(a),
    variance: { value: (sumOfSquares(a) + sumOfSquares(b)) / freedom, freedom },
    factor: 1 / a.length + 1 / b.length,
    scale,
  };
  if (!arePairs(old, now)) return sampled;
  const partners = new Map(old.map((replicate) => [replicate.key, onScale(replicate)]));
  return {
    ...sampled,
    differences: now.map((replicate) => onScale(replicate) - partners.get(replicate.key)!),
  };
}

/** Whether each value of one run has its partner in the other. */
function arePairs(a: readonly Replicate[], b: readonly Replicate[]): boolean {
  const [old, now] = [a, b].map((replicates) => new Set(replicates.map(({ key }) => key)));
  return a.length > 1 && old!.size === a.length && now!.size === b.length &&
    old!.size === now!.size && now!.isSubsetOf(old!);
}

function sumOfSquares(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
}

function testOfValues({ before, after }: MetricPair): ShiftTest {
  const scale = commonScale({ before, after });
  const { resolution } = before;
  const errors = [before, after].map((metric) => standardError(metric, scale)).filter((error) =>
    error !== null
  );
  return {
    difference: toScale(after.value, scale, resolution) - toScale(before.value, scale, resolution),
    error: errors.length === 2 ? Math.hypot(...errors) : null,
    freedom: [before, after].some(({ noise }) => noise.kind === "interval")
      ? INTERVAL_FREEDOM
      : Infinity,
    paired: false,
  };
}

/** Standard error of a value on a scale, of an interval as if it were normal. */
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
