import assert from "node:assert/strict";
import { checkRun } from "./check_run.ts";
import type { Measured } from "./measured.ts";
import { settleByRepeats } from "./repeats.ts";
import { exampleBaseline, exampleRun } from "./testdata/runs.ts";

const BASELINE = exampleBaseline();
const ACCURACY = "trainings/net/test-accuracy";

function settle(...accuracies: (readonly number[])[]) {
  const runs = accuracies.map((accuracies, at) => {
    const run: Measured = exampleRun({
      seed: 999 + 3 * (at + 1),
      noise: `repeat ${at}`,
      accuracies,
    });
    return { run, rows: checkRun(BASELINE, run, run.basis.specSha256) };
  });
  return settleByRepeats(BASELINE, runs).find(({ name }) => name === ACCURACY)!;
}

const BAD = [0.5, 0.51, 0.49];
const GOOD = [0.92, 0.9, 0.93];

Deno.test("settleByRepeats() calls a gate broken when most seeds fail in one direction", () => {
  const { state, message } = settle(BAD, BAD, GOOD);
  assert.equal(state, "failed");
  assert.match(message, /^broken, 2 of 3 seeds fail/);
});

Deno.test("settleByRepeats() calls a gate flaky when other seeds do not confirm", () => {
  const { state, message } = settle(BAD, [0.95, 0.94, 0.96], [0.95, 0.94, 0.96]);
  assert.equal(state, "flaky");
  assert.match(message, /^1 of 3 seeds fail, not together/);
});

Deno.test("settleByRepeats() calls a gate broken when all seeds together fail it", () => {
  const { state, message } = settle([0.76, 0.75, 0.75], [0.8, 0.78, 0.79], [0.8, 0.78, 0.78]);
  assert.equal(state, "failed");
  assert.match(message, /^broken, all seeds together/);
});

Deno.test("settleByRepeats() leaves what passed", () => {
  assert.equal(settle(GOOD, BAD).state, "passed");
});
