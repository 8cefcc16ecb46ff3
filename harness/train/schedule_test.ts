import assert from "node:assert/strict";
import { learningRateAt, type Schedule } from "./schedule.ts";

function rates(schedule: Schedule, stepsPerEpoch: number, totalSteps: number): number[] {
  return Array.from(
    { length: totalSteps },
    (_, step) => learningRateAt(schedule, step, { stepsPerEpoch, totalSteps }),
  );
}

function assertNear(found: readonly number[], expected: readonly number[]): void {
  assert.equal(found.length, expected.length);
  found.forEach((rate, step) => {
    assert.ok(Math.abs(rate - expected[step]!) < 1e-15, `step ${step}: ${rate}`);
  });
}

Deno.test("learningRateAt() is torch's CosineAnnealingLR", () => {
  // CosineAnnealingLR(SGD([p], lr=0.1), T_max=7), its rate before each of 7 steps, torch 1.13.1.
  assertNear(rates({ kind: "cosine", base: 0.1 }, 3, 7), [
    0.1,
    0.09504844339512096,
    0.08117449009293669,
    0.061126046697815725,
    0.03887395330218429,
    0.018825509907063328,
    0.004951556604879048,
  ]);
});

Deno.test("learningRateAt() is torch's StepLR by epoch", () => {
  // StepLR(SGD([p], lr=0.1), step_size=2, gamma=0.3), its rate in each of 5 epochs, torch 1.13.1.
  const byEpoch = [0.1, 0.1, 0.03, 0.03, 0.009];
  assertNear(
    rates({ kind: "step", base: 0.1, everyEpochs: 2, factor: 0.3 }, 3, 15),
    byEpoch.flatMap((rate) => [rate, rate, rate]),
  );
});

Deno.test("learningRateAt() keeps a constant rate", () => {
  assert.deepEqual(rates({ kind: "constant", base: 0.05 }, 1, 3), [0.05, 0.05, 0.05]);
});

Deno.test("learningRateAt() rises linearly in the warm-up and then follows the schedule", () => {
  assertNear(rates({ kind: "constant", base: 1, warmupSteps: 4 }, 2, 6), [
    0.25,
    0.5,
    0.75,
    1,
    1,
    1,
  ]);
  for (
    const schedule of [
      { kind: "cosine", base: 0.1 },
      { kind: "step", base: 0.1, everyEpochs: 1, factor: 0.5 },
    ] as const
  ) {
    const plain = rates(schedule, 3, 12);
    assertNear(
      rates({ ...schedule, warmupSteps: 5 }, 3, 12),
      plain.map((rate, step) => rate * Math.min(1, (step + 1) / 5)),
    );
  }
});
