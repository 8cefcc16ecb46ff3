import assert from "node:assert/strict";
import { signTestGreater } from "./signs.ts";
import { assertClose } from "./testdata/assert_close.ts";
import reference from "./testdata/reference.json" with { type: "json" };

Deno.test("signTestGreater() gives SciPy's binomial p-values", () => {
  for (const { values, edge, pValue } of reference.signTest) {
    assertClose(signTestGreater(Object.freeze(values), edge).pValue, pValue, 1e-14);
  }
});

Deno.test("signTestGreater() cannot go below 1/128 with seven values", () => {
  assert.deepEqual(signTestGreater([9, 9, 9, 9, 9, 9, 9], 0), { pValue: 1 / 128, n: 7 });
});

Deno.test("signTestGreater() leaves out values at the edge", () => {
  assert.deepEqual(signTestGreater([1, 0, 0, 2], 0), { pValue: 0.25, n: 2 });
  assert.deepEqual(signTestGreater([0, 0], 0), { pValue: 1, n: 0 });
});

Deno.test("signTestGreater() throws on NaN and on too many values", () => {
  assert.throws(() => signTestGreater([1, NaN], 0), /one of them is not a number/);
  assert.throws(() => signTestGreater(new Array(1001).fill(1), 0), /1001 values, wanted at most/);
});
