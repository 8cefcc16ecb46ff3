import assert from "node:assert/strict";
import { BODY, objectRegion } from "../../datasets/part_truth.ts";
import { bestPartOverlap, energyOf, partBoxes, partsInBox } from "./part_regions.ts";
import { square, truthOf } from "./testdata/hand_made.ts";

const TRUTH = truthOf(8, [square(0, 0, 2), square(4, 4, 3), null]);

Deno.test("partBoxes() bounds the visible parts", () => {
  assert.deepEqual(partBoxes(TRUTH, TRUTH.regions), [square(0, 0, 2), square(4, 4, 3), undefined]);
});

Deno.test("bestPartOverlap() takes the part that fits best", () => {
  const boxes = partBoxes(TRUTH, TRUTH.regions);
  assert.equal(bestPartOverlap(square(4, 4, 3), boxes), 1);
  assert.equal(bestPartOverlap({ left: 0, top: 0, right: 2, bottom: 1 }, boxes), 0.5);
  assert.equal(bestPartOverlap(square(0, 0, 2), [undefined]), 0);
});

Deno.test("partsInBox() names the parts with a pixel in the box, or with their point in it", () => {
  assert.deepEqual(partsInBox(TRUTH, square(1, 1, 4)), [0, 1]);
  assert.deepEqual(partsInBox(TRUTH, square(2, 2, 2)), []);
  assert.deepEqual(partsInBox({ ...TRUTH, regions: null }, square(1, 1, 4)), [1]);
  assert.deepEqual(partsInBox({ ...TRUTH, regions: null }, square(0, 0, 4)), [0]);
});

Deno.test("energyOf() is the share of a map on the object and on its best part", () => {
  const data = TRUTH.regions.data.slice();
  data[7] = BODY;
  data[6] = objectRegion(3);
  data[5] = objectRegion(126);
  const map = new Float64Array(64);
  map[0] = 3; // part 0
  map[4 * 8 + 4] = 1; // part 1
  map[7] = 2; // body
  map[6] = 1; // objects
  map[5] = 1;
  map[40] = 2; // nothing
  map[41] = -9;
  assert.deepEqual(energyOf(map, TRUTH, { ...TRUTH.regions, data }), { object: 0.6, part: 0.3 });
  assert.equal(energyOf(new Float64Array(64), TRUTH, TRUTH.regions), null);
});
