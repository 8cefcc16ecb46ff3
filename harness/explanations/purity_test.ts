import assert from "node:assert/strict";
import fc from "fast-check";
import type { PartPoint } from "../../datasets/part_truth.ts";
import { purityOf, type PurityTruth, unitPurity } from "./purity.ts";
import { TopImages } from "./top_images.ts";

const HERE: PartPoint = { x: 16, y: 16, visible: true };
const FAR: PartPoint = { x: 200, y: 200, visible: true };
const HIDDEN: PartPoint = { x: 16, y: 16, visible: false };

/** Images of 224 pixels and 7 x 7 cells; every top image has its best cell in the corner. */
function purityIn(points: readonly (readonly PartPoint[])[], groups = [0, 1]) {
  const truth: PurityTruth = { grid: { rows: 7, columns: 7 }, size: 224, points, groups };
  return unitPurity(5, points.map((_, image) => ({ image, cell: 0, score: 1 })), truth);
}

Deno.test("unitPurity() is 1 when the box is always on one part", () => {
  assert.deepEqual(purityIn(Array(10).fill([FAR, HERE])), {
    unit: 5,
    purity: 1,
    part: 1,
    ofMostHit: 1,
    mostHitPart: 1,
  });
});

Deno.test("unitPurity() counts only images where a part is visible", () => {
  const { purity } = purityIn([[FAR, HERE], [FAR, HIDDEN], [FAR, FAR], [FAR, HERE]]);
  assert.equal(purity, 2 / 3);
});

Deno.test("unitPurity() of the part hit most is not fooled by one that is rarely visible", () => {
  const rare = [[HERE, HERE], ...Array(5).fill([HIDDEN, HERE]), ...Array(4).fill([HIDDEN, FAR])];
  const found = purityIn(rare);
  assert.equal(found.purity, 1);
  assert.equal(found.part, 0);
  assert.equal(found.ofMostHit, 0.6);
  assert.equal(found.mostHitPart, 1);
});

Deno.test("unitPurity() takes grouped parts for one", () => {
  const sides = [[HERE, FAR], [FAR, HERE], [HIDDEN, HERE]];
  assert.equal(purityIn(sides).purity, 2 / 3);
  assert.equal(purityIn(sides, [0, 0]).purity, 1);
});

Deno.test("unitPurity() takes the cell as the box on a 7 x 7 grid of 224 pixels", () => {
  const at = (x: number, y: number) => purityIn([[{ x, y, visible: true }]], [0]).purity;
  assert.deepEqual([at(0, 0), at(32, 32), at(32.1, 5), at(5, 33)], [1, 1, 0, 0]);
});

Deno.test("unitPurity() is 0 where no part is ever visible or hit", () => {
  assert.equal(purityIn([[HIDDEN, HIDDEN]]).purity, 0);
  assert.equal(purityIn([[FAR, FAR]]).part, null);
});

Deno.test("unitPurity() lies in [0, 1], and that of the most hit part is no higher", () => {
  const point = fc.record({ x: fc.nat(223), y: fc.nat(60), visible: fc.boolean() });
  fc.assert(fc.property(fc.array(fc.tuple(point, point), { maxLength: 10 }), (points) => {
    const { purity, ofMostHit } = purityIn(points);
    assert.ok(ofMostHit >= 0 && ofMostHit <= purity && purity <= 1);
  }));
});

Deno.test("purityOf() averages units", () => {
  const unit = (purity: number) => ({
    unit: 0,
    purity,
    part: 0,
    ofMostHit: purity / 2,
    mostHitPart: 0,
  });
  const { purity, ofMostHit, aboveHalf } = purityOf([unit(1), unit(0.5)]);
  assert.deepEqual(purity, { mean: 0.75, deviation: 0.25, over: 2 });
  assert.deepEqual(ofMostHit, { mean: 0.375, deviation: 0.125, over: 2 });
  assert.equal(aboveHalf, 1);
  assert.deepEqual(purityOf([]).purity, { mean: null, deviation: null, over: 0 });
});

Deno.test("TopImages keeps the best images of each unit, the earliest of equal ones", () => {
  const tops = new TopImages(2, 2);
  const scores = [[1, 0], [3, 0], [2, 0], [3, -1]];
  for (const [image, answers] of scores.entries()) {
    tops.add(image, { scores: Float64Array.from(answers), cells: Int32Array.of(image, 7) });
  }
  assert.deepEqual(tops.of(0), [{ image: 1, cell: 1, score: 3 }, { image: 3, cell: 3, score: 3 }]);
  assert.deepEqual(tops.of(1).map(({ image }) => image), [0, 1]);
});
