/**
 * `diff`: what two runs, results or baselines differ in.
 *
 * @module
 */
import { UsageError } from "../base/mod.ts";
import { type ChangedFact, diffRuns, readRun, type RunDiff } from "../diff/mod.ts";
import { digits } from "../gates/mod.ts";
import type { Options } from "./options.ts";
import { print, table } from "./print.ts";

/** Longest text of a fact that a table shows. */
const WIDEST = 40;

/** Prints the comparison; differences do not fail the command. */
export async function diff({ words, factor, json }: Options): Promise<number> {
  const [, before, after, ...rest] = words;
  if (before === undefined || after === undefined || rest.length > 0) {
    throw new UsageError("diff: wanted two results, folders of runs or baselines");
  }
  const found = diffRuns(await readRun(before), await readRun(after), factor);
  print(json, { ...found, factor }, () => summary(found, factor));
  return 0;
}

function summary(found: RunDiff, factor: number): string {
  const changed = found.numbers.filter(({ mark, before, after }) =>
    mark !== " " && before !== null && after !== null
  );
  const [left, right] = [
    found.numbers.filter(({ after }) => after === null).length,
    found.numbers.filter(({ before }) => before === null).length,
  ];
  const unchanged = found.numbers.length - changed.length - left - right;
  return [
    `before: ${found.before}`,
    `after:  ${found.after}`,
    "",
    ...facts("what was measured", found.basis),
    ...facts("environment", found.environment),
    ...verdicts(found),
    ...changed.length === 0 ? [] : [
      table(
        ["", "number", "before", "after", "ratio", "p"],
        changed.map(({ mark, name, before, after, ratio, pValue }) => [
          mark,
          name,
          ...[before, after, ratio, pValue].map((value) => value === null ? "-" : digits(value)),
        ]),
      ),
      "",
    ],
    `${changed.length} numbers changed by more than the factor ${factor} (+ larger, - smaller, ~ within ` +
    `noise, x not comparable), ${unchanged} did not`,
    ...left + right === 0 ? [] : [
      `x ${left} numbers are only in the first, ${right} only in the second; --json names them`,
    ],
  ].join("\n");
}

function verdicts({ verdicts }: RunDiff): string[] {
  const changed = verdicts.filter(({ before, after }) => before !== null && after !== null);
  if (changed.length === 0) return ["every verdict that both have is the same", ""];
  const rows = changed.map(({ name, before, after }) => [name, before ?? "-", after ?? "-"]);
  return [table(["verdict", "before", "after"], rows), ""];
}

function facts(title: string, changes: readonly ChangedFact[]): string[] {
  if (changes.length === 0) return [`${title}: the same`, ""];
  const short = (text: string | null) =>
    text === null ? "-" : text.length > WIDEST ? `${text.slice(0, WIDEST - 3)}...` : text;
  return [
    table(
      [title, "before", "after"],
      changes.map(({ what, before, after }) => [what, short(before), short(after)]),
    ),
    "",
  ];
}
