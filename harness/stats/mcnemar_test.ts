import assert from "node:assert/strict";
import { mcNemarTest } from "./mcnemar.ts";
import { assertClose } from "./testdata/assert_close.ts";
import reference from "./testdata/reference.json" with { type: "json" };

interface Counts {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
}

const pairs = ({ both, onlyFirst, onlySecond, neither }: Counts) => ({
  first: [
    ...Array(both).fill(true),
    ...Array(onlyFirst).fill(true),
    ...Array(onlySecond).fill(false),
    ...Array(neither).fill(false),
  ],
  second: [
    ...Array(both).fill(true),
    ...Array(onlyFirst).fill(false),
    ...Array(onlySecond).fill(true),
    ...Array(neither).fill(false),
  ],
});

for (const { pValue, ...counts } of reference.mcNemar) {
  const { onlyFirst, onlySecond } = counts;
  Deno.test(`mcNemarTest() gives SciPy's value when ${onlyFirst} and ${onlySecond} differ`, () => {
    const { first, second } = pairs(counts);
    const found = mcNemarTest(first, second);
    assert.equal(found.onlyFirst, onlyFirst);
    assert.equal(found.onlySecond, onlySecond);
    assertClose(found.pValue, pValue, 1e-12);
  });
}

Deno.test("mcNemarTest() gives 1 when the classifiers agree", () => {
  assert.equal(mcNemarTest([true, false], [true, false]).pValue, 1);
});

Deno.test("mcNemarTest() refuses unpaired images", () => {
  assert.throws(() => mcNemarTest([true], [true, false]), /1 and 2 images/);
});
