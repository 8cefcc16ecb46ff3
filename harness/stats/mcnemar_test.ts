import assert from "node:assert/strict";
import { mcNemarTest } from "./mcnemar.ts";

const pairs = (both: number, first: number, second: number, neither: number) => ({
  first: [
    ...Array(both).fill(true),
    ...Array(first).fill(true),
    ...Array(second).fill(false),
    ...Array(neither).fill(false),
  ],
  second: [
    ...Array(both).fill(true),
    ...Array(first).fill(false),
    ...Array(second).fill(true),
    ...Array(neither).fill(false),
  ],
});

// scipy.stats.binomtest(k, n, 0.5).pvalue, SciPy 1.10
for (
  const [onlyFirst, onlySecond, pValue] of [
    [10, 3, 0.09228515625],
    [3, 10, 0.09228515625],
    [25, 10, 0.016673847800120715],
    [4, 4, 1],
  ] as const
) {
  Deno.test(`mcNemarTest() gives scipy's value when ${onlyFirst} and ${onlySecond} differ`, () => {
    const { first, second } = pairs(40, onlyFirst, onlySecond, 7);
    const found = mcNemarTest(first, second);
    assert.equal(found.onlyFirst, onlyFirst);
    assert.equal(found.onlySecond, onlySecond);
    assert.ok(Math.abs(found.pValue - pValue) <= 1e-9 * pValue, `${found.pValue}`);
  });
}

Deno.test("mcNemarTest() gives 1 when the classifiers agree", () => {
  assert.equal(mcNemarTest([true, false], [true, false]).pValue, 1);
});

Deno.test("mcNemarTest() refuses unpaired images", () => {
  assert.throws(() => mcNemarTest([true], [true, false]), /1 and 2 images/);
});
