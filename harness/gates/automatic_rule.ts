/**
 * The rule that a metric gets when nobody wrote one.
 *
 * @module
 */
import type { Metric } from "./measured.ts";
import type { Margin, Rule } from "./rule.ts";

/** Chance that a gate run of harmless repeats fails at all; Holm's correction keeps it. */
export const ALPHA = 0.01;

/** Shifts that nobody would call another result: 2 % of a dimension, one point of an accuracy. */
const IGNORED: Readonly<Record<Metric["scale"], Margin>> = {
  linear: { relative: 0.02 },
  log: { relative: 0.02 },
  logit: { absolute: 0.01 },
};

/** A rule with its origin. */
export interface ChosenRule {
  readonly rule: Rule;
  readonly why: string;
}

/**
 * A test against the noise that the result itself tells, from its replicates or its interval, with
 * shifts below 2 % or one point (never below the resolution) ignored; where no noise is known, a
 * tolerance of that size.
 */
export function automaticRule({ value, scale, resolution, noise, worse }: Metric): ChosenRule {
  const ignore = atLeast(value === 0 ? { absolute: 0.01 } : IGNORED[scale], resolution, value);
  if (noise.kind === "unknown") {
    return {
      rule: { kind: "tolerance", tolerance: ignore },
      why: "automatic: the result tells no noise of this number",
    };
  }
  const from = noise.kind === "replicates"
    ? `the spread of ${noise.replicates.length} replicates`
    : noise.kind === "interval"
    ? `the ${100 * noise.level} % interval`
    : "the standard error";
  return {
    rule: { kind: "test", alpha: ALPHA, direction: worse, ignore },
    why: `automatic: noise from ${from}`,
  };
}

function atLeast(margin: Margin, resolution: number | null, value: number): Margin {
  const width = Math.max(margin.absolute ?? 0, (margin.relative ?? 0) * Math.abs(value));
  return resolution !== null && width < resolution ? { absolute: resolution } : { ...margin };
}
