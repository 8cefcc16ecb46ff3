import assert from "node:assert/strict";
import { logLogSlope } from "./log_log_slope.ts";
import { assertClose } from "./testdata/assert_close.ts";
import reference from "./testdata/reference.json" with { type: "json" };

Deno.test("logLogSlope() finds the exponent of a power law", () => {
  for (const exponent of [-2, 0, 0.2, 1]) {
    const points = [1, 2, 5, 10, 720].map((x) => ({ x, y: 3 * x ** exponent }));
    assert.ok(Math.abs(logLogSlope(points) - exponent) < 1e-12);
  }
});

Deno.test("logLogSlope() gives SciPy's slope on scattered points", () => {
  assert.equal(reference.logLogSlope.length, 3);
  for (const { points, slope } of reference.logLogSlope) {
    assertClose(logLogSlope(Object.freeze(points)), slope, 1e-12);
  }
});

Deno.test("logLogSlope() refuses what has no logarithm and points at one place", () => {
  for (const y of [0, -1, NaN, Infinity]) {
    assert.throws(() => logLogSlope([{ x: 1, y: 1 }, { x: 2, y }]), RangeError);
  }
  assert.throws(() => logLogSlope([{ x: 2, y: 1 }, { x: 2, y: 3 }]), /wanted two different x/);
  assert.throws(() => logLogSlope([]), /0 points/);
});
