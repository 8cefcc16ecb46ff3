/**
 * Rules that people wrote, `reports/baselines/rules.json`: they go before automatic ones whenever a
 * baseline is made.
 *
 * @module
 */
import { z } from "zod";
import { messageOf, RunError } from "../base/mod.ts";
import { parseJson } from "../spec/mod.ts";
import { readBounded } from "./read_measured.ts";
import { ruleSchema } from "./rule.ts";

const writtenRule = z.strictObject({
  experiment: z.string().describe("Id, or * for all"),
  metric: z.string().describe("Name; * stands for any text"),
  rule: ruleSchema.nullable().describe("Null: never gated"),
  why: z.string().min(1),
});

export const writtenRulesSchema = z.strictObject({
  $schema: z.string(),
  rules: z.array(writtenRule).describe("The first that matches counts"),
});

export type WrittenRule = z.infer<typeof writtenRule>;

/**
 * Reads the rules; without the file there are none.
 *
 * @throws {UsageError} When the file is wrong.
 */
export async function readWrittenRules(file: string): Promise<WrittenRule[]> {
  try {
    await Deno.stat(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw new RunError(`${file}: cannot be read: ${messageOf(error)}`);
  }
  return parseJson(writtenRulesSchema, await readBounded(file), file).rules;
}

/** The first rule that was written for a metric, if any. */
export function writtenRuleFor(
  rules: readonly WrittenRule[],
  experiment: string,
  metric: string,
): WrittenRule | undefined {
  return rules.find((rule) =>
    (rule.experiment === "*" || rule.experiment === experiment) && matches(rule.metric, metric)
  );
}

/** Whether a pattern, whose `*` stand for any text, matches all of a name. */
export function matches(pattern: string, name: string): boolean {
  const [start, ...rest] = pattern.split("*") as [string, ...string[]];
  const end = rest.pop();
  if (end === undefined) return pattern === name;
  if (!name.startsWith(start) || !name.endsWith(end) || name.length < start.length + end.length) {
    return false;
  }
  let at = start.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - end.length;
}
