import assert from "node:assert/strict";
import fc from "fast-check";
import { activationBox } from "./activation_box.ts";
import { boxArea, boxOverlap } from "./box.ts";

/** 20 x 20 zeros with ones at the given pixels. */
function mapWith(...ones: readonly (readonly [x: number, y: number])[]): Float64Array {
  const map = new Float64Array(400);
  for (const [x, y] of ones) map[20 * y + x] = 1;
  return map;
}

/** 20 of 400 pixels, so that the 95th percentile falls between 0 and 1: a 3 x 4 and a distant 4 x 2 blob. */
const TWO_BLOBS = mapWith(
  ...Array.from({ length: 12 }, (_, i) => [2 + i % 3, 3 + Math.floor(i / 3)] as const),
  ...Array.from({ length: 8 }, (_, i) => [15 + i % 4, 17 + Math.floor(i / 4)] as const),
);

Deno.test("activationBox() holds every pixel above the percentile, ends exclusive", () => {
  assert.deepEqual(activationBox(TWO_BLOBS, 20, 20), { left: 2, top: 3, right: 19, bottom: 19 });
});

Deno.test("activationBox() can be that of the largest blob", () => {
  const box = activationBox(TWO_BLOBS, 20, 20, { blobs: "largest" });
  assert.deepEqual(box, { left: 2, top: 3, right: 5, bottom: 7 });
});

Deno.test("activationBox() joins diagonal neighbours into one blob", () => {
  const diagonal = Array.from({ length: 20 }, (_, i) => [i, i] as const);
  const box = activationBox(mapWith(...diagonal), 20, 20, { blobs: "largest" });
  assert.deepEqual(box, { left: 0, top: 0, right: 20, bottom: 20 });
});

Deno.test("activationBox() of a constant map is the image, of NaN an error", () => {
  const box = activationBox(new Float64Array(12).fill(3), 4, 3);
  assert.deepEqual(box, { left: 0, top: 0, right: 4, bottom: 3 });
  assert.throws(() => activationBox(new Float64Array(12).fill(NaN), 4, 3), RangeError);
});

Deno.test("boxOverlap() is 1 for a box with itself, symmetric and at most 1", () => {
  const place = fc.nat({ max: 10 });
  const anyBox = fc.record({ left: place, top: place, right: place, bottom: place });
  fc.assert(fc.property(anyBox, anyBox, (a, b) => {
    if (boxArea(a) > 0) assert.equal(boxOverlap(a, a), 1);
    assert.equal(boxOverlap(a, b), boxOverlap(b, a));
    assert.ok(boxOverlap(a, b) >= 0 && boxOverlap(a, b) <= 1);
  }));
  const half = { left: 0, top: 0, right: 2, bottom: 2 };
  assert.equal(boxOverlap(half, { left: 1, top: 0, right: 3, bottom: 2 }), 2 / 6);
});
