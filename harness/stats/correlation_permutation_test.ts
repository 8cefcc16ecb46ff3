import assert from "node:assert/strict";
import { randomStream } from "../base/mod.ts";
import { correlationPermutationTest } from "./correlation_permutation.ts";
import { rankedPoints } from "./spearman.ts";
import { assertClose } from "./testdata/assert_close.ts";
import reference from "./testdata/correlation_reference.json" with { type: "json" };

Deno.test("correlationPermutationTest() over all orders gives the enumerated share", () => {
  let cases = 0;
  for (const { name, points, permutation } of reference.correlations) {
    if (!permutation || points.length > 7) continue;
    const test = (of: typeof points) => correlationPermutationTest(of, randomStream(1, name));
    assertClose(test(points).pValue, permutation.pearson, 1e-12, name);
    assertClose(test(rankedPoints(points)).pValue, permutation.spearman, 1e-12, `ranks of ${name}`);
    cases++;
  }
  assert.equal(cases, 4);
});

Deno.test("correlationPermutationTest() comes close to the t test with drawn orders", () => {
  const { points, pearson } = reference.correlations.find(({ name }) => name === "forty")!;
  const { pValue, orders } = correlationPermutationTest(points, randomStream(1, "forty"));
  const deviation = Math.sqrt(pearson.pValue / orders);
  assert.ok(Math.abs(pValue - pearson.pValue) < 5 * deviation, `found ${pValue}`);
});

Deno.test("correlationPermutationTest() is not taken in by one far point", () => {
  const points = [{ x: 1, y: 3 }, { x: 2, y: 1 }, { x: 3, y: 2 }, { x: 2, y: 3 }, { x: 90, y: 90 }];
  const { pValue } = correlationPermutationTest(points, randomStream(1, "far"));
  assert.ok(pValue > 0.05, `found ${pValue}`);
});
