import assert from "node:assert/strict";
import fc from "fast-check";
import { holmAdjust } from "./holm.ts";
import { assertClose } from "./testdata/assert_close.ts";
import reference from "./testdata/reference.json" with { type: "json" };

Deno.test("holmAdjust() gives the values of the definition", () => {
  for (const { pValues, adjusted } of reference.holm) {
    const ours = holmAdjust(Object.freeze(pValues));
    assert.equal(ours.length, adjusted.length);
    ours.forEach((p, at) => assertClose(p, adjusted[at]!, 1e-14));
  }
  assert.deepEqual(holmAdjust([]), []);
});

Deno.test("holmAdjust() keeps the order of the p-values and never lowers one", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(share), (pValues) => {
      const adjusted = holmAdjust(pValues);
      for (const [i, p] of pValues.entries()) {
        assert.ok(adjusted[i]! >= p && adjusted[i]! <= 1);
        for (const [j, q] of pValues.entries()) if (p < q) assert.ok(adjusted[i]! <= adjusted[j]!);
      }
    }),
  );
});

Deno.test("holmAdjust() throws when a p-value is none", () => {
  assert.throws(() => holmAdjust([0.2, 1.2]), /found 1.2, wanted 0 to 1/);
  assert.throws(() => holmAdjust([NaN]), /found NaN/);
});
