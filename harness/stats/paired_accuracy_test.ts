import assert from "node:assert/strict";
import { randomStream } from "../base/mod.ts";
import { pairedAccuracyDifference, type PairedRun } from "./paired_accuracy.ts";
import { mean } from "./moments.ts";
import { studentInterval } from "./student.ts";
import { assertClose } from "./testdata/assert_close.ts";
import reference from "./testdata/reference.json" with { type: "json" };

const OPTIONS = { level: 0.95, repeats: 1000 };

/**
 * Runs in which the two are right with given probabilities, image by image on their own.
 *
 * @param spread Standard deviation of the first one's probability between runs.
 */
function runs(
  [count, images]: [number, number],
  [first, second]: [number, number],
  seed: number,
  spread = 0,
) {
  const random = randomStream(seed, "runs");
  return Array.from({ length: count }, (): PairedRun => {
    const own = first + spread * random.normal();
    return {
      first: Array.from({ length: images }, () => random.uniform() < own),
      second: Array.from({ length: images }, () => random.uniform() < second),
    };
  });
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
    const differences = runs.map(({ first, second }) =>
      mean(first.map(Number)) - mean(second.map(Number))
    );
    const [low, high] = differences.length > 1
      ? studentInterval(differences, level)
      : [estimate, estimate];
    assertClose(found.interval[0], Math.min(interval[0]!, low), 1e-9);
    assertClose(found.interval[1], Math.max(interval[1]!, high), 1e-9);
  }
});

for (const spread of [0, 0.02, 0.04]) {
  Deno.test(`pairedAccuracyDifference() covers the true difference when seeds move it by ${spread}`, () => {
    const trials = 200;
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      const { interval: [low, high] } = pairedAccuracyDifference(
        runs([3, 80], [0.8, 0.75], trial, spread),
        randomStream(trial, "test"),
        { level: 0.95, repeats: 100 },
      );
      if (low <= 0.05 && 0.05 <= high) covered++;
    }
    // Two standard errors below 95 %.
    assert.ok(covered >= 0.919 * trials, `${covered} of ${trials}`);
  });
}

Deno.test("pairedAccuracyDifference() refuses unpaired images and no runs", () => {
  const random = randomStream(1, "test");
  assert.throws(() => pairedAccuracyDifference([], random, OPTIONS), /found no run/);
  assert.throws(
    () => pairedAccuracyDifference([{ first: [true], second: [] }], random, OPTIONS),
    /1 and 0 images/,
  );
});
