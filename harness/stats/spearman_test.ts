import assert from "node:assert/strict";
import { correlationPValue } from "./pearson.ts";
import { rankedPoints, spearmanCorrelation } from "./spearman.ts";
import { assertClose } from "./testdata/assert_close.ts";
import reference from "./testdata/correlation_reference.json" with { type: "json" };

Deno.test("spearmanCorrelation() gives SciPy's values, and p-values by the t approximation", () => {
  for (const { name, points, spearman } of reference.correlations) {
    const rho = spearmanCorrelation(points);
    assertClose(rho, spearman.r, 1e-12, name);
    const pValue = correlationPValue(rho, points.length);
    if (spearman.r < 1 - 1e-12) assertClose(pValue, spearman.pValue, 1e-9, `p of ${name}`);
    else assert.ok(pValue < 1e-20, `p of ${name}: ${pValue} when the ranks agree`);
  }
});

Deno.test("rankedPoints() gives equal values their mean rank", () => {
  const points = Object.freeze([{ x: 5, y: 1 }, { x: -1, y: 1 }, { x: 5, y: 1 }, { x: 9, y: 0 }]);
  assert.deepEqual(rankedPoints(points), [
    { x: 2.5, y: 3 },
    { x: 1, y: 3 },
    { x: 2.5, y: 3 },
    { x: 4, y: 1 },
  ]);
});

Deno.test("spearmanCorrelation() is NaN when nothing varies", () => {
  assert.equal(spearmanCorrelation([{ x: 1, y: 1 }, { x: 1, y: 2 }, { x: 1, y: 3 }]), NaN);
});
