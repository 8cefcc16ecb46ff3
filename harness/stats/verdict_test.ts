import assert from "node:assert/strict";
import { verdictFromInterval } from "./verdict.ts";

const cases = [
  { interval: [2, 3], region: { min: 1 }, verdict: "reproduced" },
  { interval: [1, 3], region: { min: 1, max: 3 }, verdict: "reproduced" },
  { interval: [0.5, 3], region: { min: 1 }, verdict: "inconclusive" },
  { interval: [0.5, 1], region: { min: 1 }, verdict: "inconclusive" },
  { interval: [0, 9], region: { min: 1, max: 3 }, verdict: "inconclusive" },
  { interval: [0.2, 0.9], region: { min: 1 }, verdict: "not reproduced" },
  { interval: [4, 5], region: { max: 3 }, verdict: "not reproduced" },
  { interval: [NaN, NaN], region: { min: 1 }, verdict: "inconclusive" },
  { interval: [-Infinity, Infinity], region: { max: 3 }, verdict: "inconclusive" },
] as const;

for (const { interval, region, verdict } of cases) {
  Deno.test(`verdictFromInterval() says ${verdict} when [${interval}] meets ${JSON.stringify(region)}`, () => {
    assert.equal(verdictFromInterval(interval, region), verdict);
  });
}
