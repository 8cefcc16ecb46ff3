import assert from "node:assert/strict";
import fc from "fast-check";
import {
  coefficientOfVariation,
  mean,
  populationDeviation,
  quantile,
  sampleDeviation,
} from "./moments.ts";
import { assertClose } from "./testdata/assert_close.ts";
import reference from "./testdata/reference.json" with { type: "json" };

const expected = reference.moments;
const values: readonly number[] = Object.freeze([...expected.values]);

Deno.test("moments give NumPy's values", () => {
  assertClose(mean(values), expected.mean, 1e-14);
  assertClose(sampleDeviation(values), expected.sampleDeviation, 1e-14);
  assertClose(populationDeviation(values), expected.populationDeviation, 1e-14);
  assertClose(coefficientOfVariation(values), expected.coefficientOfVariation, 1e-14);
});

Deno.test("quantile() gives NumPy's values", () => {
  for (const [probability, wanted] of expected.quantiles) {
    assertClose(quantile(values, probability!), wanted!, 1e-14);
  }
});

Deno.test("quantile() throws without values or with a wrong probability", () => {
  assert.throws(() => quantile([], 0.5), /0 values and probability 0.5/);
  assert.throws(() => quantile([1, 2], 1.5), RangeError);
  assert.throws(() => quantile([1, 2], NaN), RangeError);
});

Deno.test("quantile() lies between the extremes and grows with the probability", () => {
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(number, { minLength: 1 }), share, share, (sample, p, q) => {
      const [low, high] = [quantile(sample, Math.min(p, q)), quantile(sample, Math.max(p, q))];
      assert.ok(Math.min(...sample) <= low + 1e-9 && low <= high + 1e-9);
      assert.ok(high <= Math.max(...sample) + 1e-9);
    }),
  );
});
