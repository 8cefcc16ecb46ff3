import assert from "node:assert/strict";
import fc from "fast-check";
import { equivalenceTest } from "./equivalence.ts";
import { studentInterval } from "./student.ts";
import { assertClose } from "./testdata/assert_close.ts";
import reference from "./testdata/reference.json" with { type: "json" };

Deno.test("equivalenceTest() is SciPy's larger one-sided p-value", () => {
  const { values, lessThan2_5, greaterThan1_2 } = {
    values: reference.ratios.values.map(Math.log),
    greaterThan1_2: reference.ratios["greaterThan1.2"],
    lessThan2_5: reference.ratios["lessThan2.5"],
  };
  const region = { min: Math.log(1.2), max: Math.log(2.5) };
  assertClose(equivalenceTest(values, region), Math.max(lessThan2_5, greaterThan1_2), 1e-10);
  assertClose(equivalenceTest(values, { max: region.max }), lessThan2_5, 1e-10);
});

Deno.test("equivalenceTest() is below alpha exactly when the 1 - 2 alpha interval lies inside", () => {
  const number = fc.double({ min: -10, max: 10, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(number, { minLength: 3, maxLength: 9 }),
      number,
      number,
      (values, a, b) => {
        const region = { min: Math.min(a, b), max: Math.max(a, b) };
        const p = equivalenceTest(values, region);
        const [low, high] = studentInterval(values, 0.9);
        fc.pre(high > low && Math.abs(p - 0.05) > 1e-6);
        assert.equal(p < 0.05, low > region.min && high < region.max);
      },
    ),
  );
});

Deno.test("equivalenceTest() throws when the region has no edge", () => {
  assert.throws(() => equivalenceTest([1, 2], {}), /the region has no edge/);
});
