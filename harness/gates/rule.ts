/**
 * Rules of gated metrics: a tolerance, a test with a direction, or an equivalence margin.
 *
 * @module
 */
import { z } from "zod";
import type { Metric } from "./measured.ts";

const positive = z.number().positive();
const alpha = z.number().gt(0).lt(0.5);

/** A distance in the metric's own unit, or as a share of the baseline's value; the larger counts. */
const margin = z.strictObject({ absolute: positive.optional(), relative: positive.optional() })
  .refine(({ absolute, relative }) => absolute !== undefined || relative !== undefined, {
    error: "neither absolute nor relative",
  });

export const ruleSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("tolerance"), tolerance: margin })
    .describe("Fails when the value is further from the baseline's than the tolerance"),
  z.strictObject({
    kind: z.literal("test"),
    alpha: alpha.describe("Of the whole gate run: tests are corrected by Holm"),
    direction: z.enum(["both", "lower", "higher"]).describe("Where a failure lies"),
    ignore: margin.describe("Shifts up to this never fail, however significant"),
  }).describe("Fails when the value moved by more than its noise and more than what is ignored"),
  z.strictObject({ kind: z.literal("equivalence"), alpha, margin })
    .describe("Fails unless two one-sided tests show that the shift is smaller than the margin"),
]);

export type Rule = z.infer<typeof ruleSchema>;
export type Margin = z.infer<typeof margin>;

/** The margin in the unit of a metric with the given value at the baseline. */
export function marginWidth({ absolute = 0, relative = 0 }: Margin, value: number): number {
  return Math.max(absolute, relative * Math.abs(value));
}

/** The margin of a rule. */
export function marginOf(rule: Rule): Margin {
  switch (rule.kind) {
    case "tolerance":
      return rule.tolerance;
    case "test":
      return rule.ignore;
    case "equivalence":
      return rule.margin;
  }
}

/**
 * Why a metric cannot have a rule, or undefined: a margin below the metric's own resolution would call
 * the smallest step that the metric can make a failure.
 */
export function refusal(
  rule: Rule,
  { value, resolution }: Pick<Metric, "value" | "resolution">,
): string | undefined {
  if (resolution === null) return undefined;
  const width = marginWidth(marginOf(rule), value);
  if (width >= resolution) return undefined;
  return `${rule.kind}: found a margin of ${width}, wanted at least ${resolution}, the metric's resolution`;
}

/** A rule in words. */
export function describeRule(rule: Rule): string {
  switch (rule.kind) {
    case "tolerance":
      return `within ${describeMargin(rule.tolerance)}`;
    case "test":
      return `no shift${rule.direction === "both" ? "" : ` ${rule.direction}`} beyond ` +
        `${describeMargin(rule.ignore)} at alpha ${rule.alpha}`;
    case "equivalence":
      return `equivalent within ${describeMargin(rule.margin)} at alpha ${rule.alpha}`;
  }
}

function describeMargin({ absolute, relative }: Margin): string {
  return [
    absolute !== undefined && String(absolute),
    relative !== undefined && `${Number((100 * relative).toPrecision(6))} %`,
  ].filter(Boolean).join(" or ");
}
