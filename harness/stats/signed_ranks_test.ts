import assert from "node:assert/strict";
import { signedRankTestGreater } from "./signed_ranks.ts";
import { assertClose } from "./testdata/assert_close.ts";
import reference from "./testdata/reference.json" with { type: "json" };

Deno.test("signedRankTestGreater() gives SciPy's exact p-values", () => {
  for (const { values, edge, pValue } of reference.signedRanks) {
    assertClose(signedRankTestGreater(Object.freeze(values), edge).pValue, pValue, 1e-14);
  }
});

Deno.test("signedRankTestGreater() equals the enumeration when values are tied or at the edge", () => {
  const { values, edge, pValue } = reference.signedRanksTied;
  const test = signedRankTestGreater(Object.freeze(values), edge);
  assertClose(test.pValue, pValue, 1e-14);
  assert.equal(test.n, 7);
});

Deno.test("signedRankTestGreater() is 1 when no value differs from the edge", () => {
  assert.deepEqual(signedRankTestGreater([3, 3], 3), { pValue: 1, n: 0 });
});

Deno.test("signedRankTestGreater() throws on NaN and on too many values", () => {
  assert.throws(() => signedRankTestGreater([NaN], 0), /one of them is not a number/);
  assert.throws(() => signedRankTestGreater(new Array(51).fill(1), 0), /51 values, wanted at most/);
});
