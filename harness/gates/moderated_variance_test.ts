import assert from "node:assert/strict";
import fc from "fast-check";
import { moderateVariances } from "./moderated_variance.ts";

Deno.test("moderateVariances() agrees with the formulas of Smyth (2004) in SciPy", () => {
  // fitFDist and squeezeVar of limma, written with scipy.special.polygamma and scipy.optimize.brentq.
  const variances = [0.5, 0.02, 1.7, 0.3, 4, 0.08].map((value) => ({ value, freedom: 4 }));
  const WANTED = [
    0.4203374841131744,
    0.05887553586803363,
    1.323992354726026,
    0.2697283390110324,
    3.0559975234006584,
    0.10405827939867623,
  ];
  for (const [at, { value, freedom }] of moderateVariances(variances).entries()) {
    assert.ok(Math.abs(value / WANTED[at]! - 1) < 1e-9);
    assert.ok(Math.abs(freedom / (4 + 1.311762439508213) - 1) < 1e-9);
  }
});

Deno.test("moderateVariances() gives all the same when they differ by chance only", () => {
  const variances = [1, 1.1, 0.9, 1.05].map((value) => ({ value, freedom: 4 }));
  const found = moderateVariances(variances);
  assert.ok(found.every(({ value, freedom }) => value === found[0]!.value && freedom === Infinity));
});

Deno.test("moderateVariances() leaves fewer than three alone", () => {
  const variances = [{ value: 1, freedom: 2 }, { value: 9, freedom: 2 }, { value: 0, freedom: 2 }];
  assert.deepEqual(moderateVariances(variances), variances);
});

Deno.test("moderateVariances() stays between what all have in common and each, and keeps the order", () => {
  const variance = fc.record({
    value: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
    freedom: fc.constant(4),
  });
  fc.assert(fc.property(fc.array(variance, { minLength: 3, maxLength: 30 }), (variances) => {
    Object.freeze(variances);
    const found = moderateVariances(variances);
    for (const [i, a] of variances.entries()) {
      assert.ok(found[i]!.value > 0 && found[i]!.freedom >= a.freedom);
      for (const [j, b] of variances.entries()) {
        if (a.value < b.value) assert.ok(found[i]!.value <= found[j]!.value * (1 + 1e-12));
      }
    }
  }));
});
