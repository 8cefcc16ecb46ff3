import assert from "node:assert/strict";
import { logLogSlope } from "./log_log_slope.ts";

Deno.test("logLogSlope() finds the exponent of a power law", () => {
  for (const exponent of [-2, 0, 0.2, 1]) {
    const points = [1, 2, 5, 10, 720].map((x) => ({ x, y: 3 * x ** exponent }));
    assert.ok(Math.abs(logLogSlope(points) - exponent) < 1e-12);
  }
});

Deno.test("logLogSlope() gives numpy's slope on scattered points", () => {
  // numpy.polyfit(numpy.log([72, 144, 360, 1440]), numpy.log([3.03, 3.3, 4.26, 5.38]), 1)[0]
  const ids = [3.03, 3.3, 4.26, 5.38];
  const points = [72, 144, 360, 1440].map((x, at) => ({ x, y: ids[at]! }));
  assert.ok(Math.abs(logLogSlope(points) - 0.19943972935081897) < 1e-9);
});

Deno.test("logLogSlope() refuses what has no logarithm and points at one place", () => {
  for (const y of [0, -1, NaN, Infinity]) {
    assert.throws(() => logLogSlope([{ x: 1, y: 1 }, { x: 2, y }]), RangeError);
  }
  assert.throws(() => logLogSlope([{ x: 2, y: 1 }, { x: 2, y: 3 }]), /wanted two different x/);
  assert.throws(() => logLogSlope([]), /0 points/);
});
