import assert from "node:assert/strict";
import { ratioTest } from "./ratios.ts";
import { assertClose } from "./testdata/assert_close.ts";
import reference from "./testdata/reference.json" with { type: "json" };

const expected = reference.ratios;
const ratios: readonly number[] = Object.freeze([...expected.values]);

Deno.test("ratioTest() gives SciPy's mean, interval and one-sided p-value", () => {
  const test = ratioTest(ratios, { min: 1.2 }, 0.95);
  assertClose(test.estimate, expected.geometricMean, 1e-14);
  assertClose(test.interval[0], expected.interval95[0]!, 1e-10);
  assertClose(test.interval[1], expected.interval95[1]!, 1e-10);
  assertClose(test.pValue, expected["greaterThan1.2"], 1e-10);
  assert.equal(test.verdict, "inconclusive");
});

Deno.test("ratioTest() takes the larger p-value when the region has two edges", () => {
  const test = ratioTest(ratios, { min: 1.2, max: 2.5 }, 0.95);
  assertClose(test.pValue, Math.max(expected["greaterThan1.2"], expected["lessThan2.5"]), 1e-10);
});

Deno.test("ratioTest() treats a ratio and its inverse alike", () => {
  const over = ratioTest(ratios, { min: 1.2 }, 0.95);
  const under = ratioTest(ratios.map((ratio) => 1 / ratio), { max: 1 / 1.2 }, 0.95);
  assertClose(under.estimate, 1 / over.estimate, 1e-12);
  assertClose(under.interval[0], 1 / over.interval[1], 1e-12);
  assertClose(under.pValue, over.pValue, 1e-9);
});

Deno.test("ratioTest() throws when a ratio is not positive or the region has no edge", () => {
  assert.throws(() => ratioTest([1, -2, 3], { min: 1 }, 0.95), /found -2, wanted positive/);
  assert.throws(() => ratioTest([1, NaN], { min: 1 }, 0.95), /found NaN/);
  assert.throws(() => ratioTest([1, 2, 3], {}, 0.95), /the region has no edge/);
  assert.throws(() => ratioTest([2], { min: 1 }, 0.95), /1 values, wanted at least 2/);
});
