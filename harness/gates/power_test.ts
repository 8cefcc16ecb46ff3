import assert from "node:assert/strict";
import { claim } from "../claims/testdata/networks.ts";
import { type GateScenario, simulateGates } from "./power.ts";
import { exampleResult } from "./testdata/runs.ts";

const SIZE = { seed: 3, baselines: 5, runs: 10 };
const STILL: GateScenario = { peakFactor: 1, accuracyShift: 0, noise: "other", repeats: 0 };
const simulate = (change: Partial<GateScenario>) =>
  simulateGates(
    exampleResult(),
    [claim("hunch.interior-peak", 1.5)],
    { ...STILL, ...change },
    SIZE,
  );

Deno.test("simulateGates() finds at most one red run of twenty when nothing happened", () => {
  assert.ok(simulate({}).share <= 0.05);
  assert.ok(simulate({ noise: 0.3 }).share <= 0.05);
  assert.equal(simulate({ noise: 0 }).share, 0);
});

Deno.test("simulateGates() finds shifts of the peak and of the accuracy on the same machine", () => {
  assert.equal(simulate({ noise: 0, peakFactor: 1.1 }).share, 1);
  assert.equal(simulate({ noise: 0, accuracyShift: -0.03 }).share, 1);
});

Deno.test("simulateGates() repeats itself, and needs replicates", () => {
  assert.deepEqual(simulate({ peakFactor: 1.3 }), simulate({ peakFactor: 1.3 }));
  assert.throws(
    () => simulateGates({ ...exampleResult(), networks: [] }, [], STILL, SIZE),
    /wanted gating networks with two replicates/,
  );
});
