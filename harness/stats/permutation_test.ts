import assert from "node:assert/strict";
import { randomStream } from "../base/mod.ts";
import { permutationTestLess } from "./permutation.ts";
import { assertClose } from "./testdata/assert_close.ts";
import reference from "./testdata/reference.json" with { type: "json" };

const random = randomStream(1, "permutation");
const minusTrend = (order: readonly number[]) =>
  -order.reduce((sum, value, at) => sum + value * at, 0);

Deno.test("permutationTestLess() equals the enumeration by itertools when values are few", () => {
  const { values, pValue } = reference.permutation;
  const test = permutationTestLess(Object.freeze(values), minusTrend, random);
  assert.equal(test.orders, 720);
  assertClose(test.pValue, pValue, 1e-14);
});

Deno.test("permutationTestLess() counts each of 8! orders once", () => {
  const seen = new Set<string>();
  const values = [0, 1, 2, 3, 4, 5, 6, 7];
  const test = permutationTestLess(values, (order) => {
    seen.add(order.join());
    return minusTrend(order);
  }, random);
  assert.equal(seen.size, 40_320);
  assert.deepEqual(test, { pValue: 1 / 40_320, orders: 40_320 });
});

Deno.test("permutationTestLess() is 1 when every order gives the same", () => {
  assert.equal(permutationTestLess([1, 2, 3], () => 5, random).pValue, 1);
});

Deno.test("permutationTestLess() draws orders when values are many, and is never 0", () => {
  const ascending = Array.from({ length: 12 }, (_, i) => i);
  const strong = permutationTestLess(ascending, minusTrend, randomStream(1, "strong"));
  assert.deepEqual(strong, { pValue: 1 / 10_000, orders: 9_999 });
  const alternating = ascending.map((i) => i % 2);
  const first = (order: readonly number[]) => order[0]!;
  const { pValue } = permutationTestLess(alternating, first, randomStream(1, "half"));
  assert.ok(Math.abs(pValue - 0.5) < 0.02, `found ${pValue}, wanted about 1/2`);
});
