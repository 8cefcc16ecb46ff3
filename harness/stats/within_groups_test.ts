import assert from "node:assert/strict";
import { correlationPValue, pearsonCorrelation } from "./pearson.ts";
import { assertClose } from "./testdata/assert_close.ts";
import reference from "./testdata/correlation_reference.json" with { type: "json" };
import { withinGroupsCorrelation } from "./within_groups.ts";

Deno.test("withinGroupsCorrelation() is the partial correlation given the group", () => {
  for (const { points, groups, r, freedom, pValue } of reference.within) {
    const byGroup = [...Map.groupBy(points.keys(), (at) => groups[at]).values()]
      .map((places) => places.map((at) => points[at]!));
    const found = withinGroupsCorrelation(byGroup);
    assertClose(found.r, r, 1e-12);
    assert.equal(found.effectiveN - 2, freedom);
    assertClose(correlationPValue(found.r, found.effectiveN), pValue, 1e-9);
  }
});

Deno.test("withinGroupsCorrelation() of one group is the plain correlation", () => {
  const { points, pearson } = reference.correlations[0]!;
  const { r, effectiveN } = withinGroupsCorrelation([points]);
  assertClose(r, pearson.r, 1e-12);
  assert.equal(effectiveN, points.length);
});

Deno.test("withinGroupsCorrelation() sees what lies inside, not between, groups", () => {
  const falling = (x: number, y: number) => [0, 1, 2, 3].map((at) => ({ x: x + at, y: y - at }));
  const groups = [falling(0, 0), falling(10, 10), falling(20, 20), [{ x: 90, y: 90 }]];
  assertClose(withinGroupsCorrelation(groups).r, -1, 1e-12);
  assert.equal(withinGroupsCorrelation(groups).effectiveN, 10);
  assert.ok(pearsonCorrelation(groups.flat()) > 0.9);
});

Deno.test("withinGroupsCorrelation() is NaN when no group has two points that differ", () => {
  assert.equal(withinGroupsCorrelation([[{ x: 1, y: 2 }], [{ x: 2, y: 1 }]]).r, NaN);
  const third = [{ x: 0.1, y: 1 }, { x: 0.1, y: 2 }, { x: 0.1, y: 4 }];
  assert.equal(withinGroupsCorrelation([third]).r, NaN);
});
