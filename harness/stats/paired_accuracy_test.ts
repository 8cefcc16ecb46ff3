import assert from "node:assert/strict";
import { randomStream } from "../base/mod.ts";
import { pairedAccuracyDifference, type PairedRun } from "./paired_accuracy.ts";
import { assertClose } from "./testdata/assert_close.ts";
import reference from "./testdata/reference.json" with { type: "json" };

const OPTIONS = { level: 0.95, repeats: 1000 };

/** Runs in which the two are right with given probabilities, image by image on their own. */
function runs(count: number, images: number, first: number, second: number, seed: number) {
  const random = randomStream(seed, "runs");
  return Array.from({ length: count }, (): PairedRun => ({
    first: Array.from({ length: images }, () => random.uniform() < first),
    second: Array.from({ length: images }, () => random.uniform() < second),
  }));
}

Deno.test("pairedAccuracyDifference() gives the mean difference and 0 when both are alike", () => {
  const same = [true, false, true];
  const { estimate, interval } = pairedAccuracyDifference(
    [{ first: same, second: same }],
    randomStream(1, "test"),
    OPTIONS,
  );
  assert.equal(estimate, 0);
  assert.deepEqual(interval, [0, 0]);
  const one = pairedAccuracyDifference(
    [{ first: [true, true], second: [true, false] }, { first: [true], second: [true] }],
    randomStream(1, "test"),
    OPTIONS,
  );
  assert.equal(one.estimate, 0.25);
});

Deno.test("pairedAccuracyDifference() gives the quantiles of all resamples, enumerated by itertools", () => {
  assert.equal(reference.pairedAccuracy.length, 2);
  for (const [at, { runs, level, estimate, interval }] of reference.pairedAccuracy.entries()) {
    const options = { level, repeats: 20_000 };
    const found = pairedAccuracyDifference(
      Object.freeze(runs),
      randomStream(at, "enumerated"),
      options,
    );
    assertClose(found.estimate, estimate, 1e-12);
    assertClose(found.interval[0], interval[0]!, 1e-9);
    assertClose(found.interval[1], interval[1]!, 1e-9);
  }
});

Deno.test("pairedAccuracyDifference() covers the true difference about as often as it says", () => {
  let covered = 0;
  for (let trial = 0; trial < 60; trial++) {
    const { interval: [low, high] } = pairedAccuracyDifference(
      runs(3, 80, 0.9, 0.85, trial),
      randomStream(trial, "test"),
      { level: 0.95, repeats: 100 },
    );
    if (low <= 0.05 && 0.05 <= high) covered++;
  }
  assert.ok(covered >= 50, `${covered} of 60`);
});

Deno.test("pairedAccuracyDifference() refuses unpaired images and no runs", () => {
  const random = randomStream(1, "test");
  assert.throws(() => pairedAccuracyDifference([], random, OPTIONS), /found no run/);
  assert.throws(
    () => pairedAccuracyDifference([{ first: [true], second: [] }], random, OPTIONS),
    /1 and 0 images/,
  );
});
