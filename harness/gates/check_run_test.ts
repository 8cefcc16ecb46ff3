import assert from "node:assert/strict";
import type { Verdict } from "../spec/mod.ts";
import { type Baseline, sealBaseline } from "./baseline.ts";
import { checkRun } from "./check_run.ts";
import { checkVerdicts } from "./check_verdicts.ts";
import type { GateRow } from "./gate_row.ts";
import type { Measured } from "./measured.ts";
import type { Rule } from "./rule.ts";
import { exampleBaseline, exampleRun } from "./testdata/runs.ts";

const BASELINE = exampleBaseline();
const check = (run: Measured, baseline = BASELINE) => checkRun(baseline, run, run.basis.specSha256);
const stateOf = (rows: readonly GateRow[], name: string) =>
  rows.find((row) => row.name === name)!.state;
const ACCURACY = "trainings/net/test-accuracy";
const PEAK = "networks/net/peak-twonn";

Deno.test("checkRun() passes the same run and a harmless one with another seed", () => {
  assert.ok(check(exampleRun()).every(({ state }) => state === "passed"));
  const other = check(exampleRun({ seed: 1002, noise: "other", accuracies: [0.91, 0.93, 0.92] }));
  assert.ok(other.every(({ state }) => state === "passed"));
});

Deno.test("checkRun() fails IDs that all moved by ten per cent, and an accuracy that fell by three points", () => {
  const rows = check(exampleRun({ factor: 1.1, accuracies: [0.89, 0.87, 0.91] }));
  assert.deepEqual([stateOf(rows, PEAK), stateOf(rows, ACCURACY)], ["failed", "failed"]);
  const peak = rows.find(({ name }) => name === PEAK)!;
  assert.equal(peak.direction, 1);
  assert.match(peak.message, /\+10 %\); seed by seed p < 1e-6/);
});

Deno.test("checkRun() lets an accuracy rise and small shifts pass", () => {
  const rows = check(exampleRun({ factor: 1.01, accuracies: [0.97, 0.96, 0.98] }));
  assert.ok(rows.every(({ state }) => state === "passed"));
});

Deno.test("checkRun() fails a number and a verdict that the result lacks", () => {
  const run = exampleRun();
  const rows = check({ ...run, metrics: run.metrics.slice(1), verdicts: [] });
  assert.deepEqual(
    rows.filter(({ state }) => state === "failed").map(({ message }) => message),
    [
      "the result has no such number",
      "the result has no such verdict",
      "the result has no such verdict",
    ],
  );
});

Deno.test("checkRun() compares nothing when the specification changed, before or since", () => {
  const changed = check(exampleRun({ specSha256: "b".repeat(64) }));
  assert.ok(changed.every(({ state }) => state === "not comparable"));
  assert.match(changed[0]!.message, /specification changed/);
  const old = checkRun(BASELINE, exampleRun(), "b".repeat(64));
  assert.match(old[0]!.message, /another version of the specification than the one here/);
});

/** The baseline with one rule for the accuracy. */
function withRule(rule: Rule): Baseline {
  const { seal: _, ...content } = BASELINE;
  const metrics = content.metrics.map((entry) =>
    entry.name === ACCURACY ? { ...entry, rule } : entry
  );
  return sealBaseline({ ...content, metrics });
}

for (
  const [accuracies, rule, state] of [
    [[0.93, 0.91, 0.95], { kind: "tolerance", tolerance: { absolute: 0.011 } }, "passed"],
    [[0.93, 0.91, 0.95], { kind: "tolerance", tolerance: { absolute: 0.009 } }, "failed"],
    [
      [0.93, 0.91, 0.95],
      { kind: "tolerance", tolerance: { absolute: 0.009, relative: 0.02 } },
      "passed",
    ],
    [[0.92, 0.9, 0.94], { kind: "equivalence", alpha: 0.05, margin: { absolute: 0.02 } }, "passed"],
    [[0.8, 0.95, 0.99], { kind: "equivalence", alpha: 0.05, margin: { absolute: 0.02 } }, "failed"],
    [[0.8, 0.7, 0.75], {
      kind: "test",
      alpha: 0.05,
      direction: "higher",
      ignore: { absolute: 0.01 },
    }, "passed"],
  ] as const
) {
  Deno.test(`checkRun() finds that ${accuracies} ${state} a rule of ${JSON.stringify(rule)}`, () => {
    const rows = check(exampleRun({ accuracies }), withRule(rule));
    assert.equal(stateOf(rows, ACCURACY), state);
  });
}

Deno.test("checkRun() fails a test for which neither run tells its noise", () => {
  const { seal: _, ...content } = BASELINE;
  const blind = { kind: "unknown" } as const;
  const baseline = sealBaseline({
    ...content,
    metrics: content.metrics.map((entry) => ({ ...entry, noise: blind })),
  });
  const run = exampleRun({ factor: 1.1 });
  const rows = check({
    ...run,
    metrics: run.metrics.map((metric) => ({ ...metric, noise: blind })),
  }, baseline);
  assert.match(rows.find(({ name }) => name === PEAK)!.message, /a test cannot be made/);
});

function verdictState(
  before: Verdict,
  after: Verdict,
  request: Parameters<typeof exampleRun>[0],
): string {
  const of = (run: Measured, verdict: Verdict) => ({
    ...run,
    verdicts: [{ name: "c", verdict, gates: true }],
  });
  const { seal: _, ...content } = BASELINE;
  const baseline = sealBaseline({ ...content, verdicts: [{ name: "c", verdict: before }] });
  return checkVerdicts(baseline, of(exampleRun(request), after))[0]!.state;
}

for (
  const [before, after, same, elsewhere] of [
    ["reproduced", "reproduced", "passed", "passed"],
    ["reproduced", "inconclusive", "failed", "warning"],
    ["reproduced", "not reproduced", "failed", "failed"],
    ["inconclusive", "not reproduced", "failed", "warning"],
    ["not reproduced", "not reproduced", "known", "known"],
    ["not reproduced", "reproduced", "warning", "warning"],
  ] as const
) {
  Deno.test(`checkVerdicts() finds that "${before}" to "${after}" is ${same}, or ${elsewhere} elsewhere`, () => {
    assert.equal(verdictState(before, after, {}), same);
    assert.equal(verdictState(before, after, { seed: 5 }), elsewhere);
    assert.equal(verdictState(before, after, { threads: 5 }), elsewhere);
  });
}
