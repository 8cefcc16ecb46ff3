import assert from "node:assert/strict";
import { randomStream, RunError } from "../base/mod.ts";
import type { Unit } from "./explained_model.ts";
import { measureUnits, type TruthBatch } from "./measure_units.ts";
import { explanationOf, modelOf, peakAt, square, truthOf } from "./testdata/hand_made.ts";

const SIZE = 32;
const CELLS = 16;

/** Part 0 on the first cell of 4 x 4, part 1 on the last, part 2 never visible. */
const TRUTH = truthOf(SIZE, [square(0, 0, 8), square(24, 24, 8), null]);

const unit = (id: number, cell: number, score = 1): Unit => ({
  id,
  map: peakAt(CELLS, cell, score),
  score,
  weight: 1,
});

/** Unit 0 of class 0 looks at part 0, unit 1 of class 1 at part 1, unit 2 of class 1 at nothing. */
const STEADY = modelOf(
  2,
  3,
  () => explanationOf(4, [3, 1], [[unit(0, 0)], [unit(1, 15), unit(2, 6, 0.05)]]),
);

const BATCHES: TruthBatch[] = [
  { pixels: new Float32Array(3 * 12), labels: [0, 1, 0], truths: [TRUTH, TRUTH, TRUTH] },
  { pixels: new Float32Array(12), labels: [1], truths: [TRUTH] },
];

Deno.test("measureUnits() finds units on their parts pure, consistent and stable", async () => {
  const measures = await measureUnits(STEADY, BATCHES, {
    size: SIZE,
    noise: (image) => randomStream(1, "noise", image),
    sourceParts: [[0], [0], [1]],
  });
  assert.equal(measures.images, 4);
  assert.deepEqual(measures.purity.units.map(({ purity }) => purity), [1, 1, 0]);
  assert.deepEqual(measures.consistency, { ...measures.consistency, mean: 2 / 3, over: 3 });
  assert.equal(measures.stability.mean, 1);
  // Unit 0 shows on both of its images the part of its source; unit 1 shows another one, unit 2 none.
  assert.deepEqual(measures.reasonablePairs, { ...measures.reasonablePairs, mean: 2 / 6, over: 6 });
  assert.equal(measures.localSize.mean, 1);
  assert.equal(measures.activeUnits.mean, 2);
  assert.ok(measures.partOverlap.mean! > 0.2 && measures.partOverlap.mean! < 1);
  assert.ok(measures.partEnergy.mean! > 0.4);
  // What reaches over to the other part is on the object too.
  assert.ok(measures.objectEnergy.mean! >= measures.partEnergy.mean!);
});

Deno.test("measureUnits() sees what noise moves, and nothing without noise", async () => {
  const moving = modelOf(2, 2, (pixels) => {
    const cell = pixels[0] === 0 ? 0 : 15;
    return explanationOf(4, [3, 1], [[unit(0, cell)], [unit(1, 15)]]);
  });
  const noise = (image: number) => randomStream(2, image);
  assert.equal((await measureUnits(moving, BATCHES, { size: SIZE, noise })).stability.mean, 0.5);
  const still = { size: SIZE };
  assert.equal((await measureUnits(moving, BATCHES, still)).stability.mean, null);
});

Deno.test("measureUnits() gives the same for units in another order", async () => {
  const shuffled = modelOf(
    2,
    3,
    () => explanationOf(4, [3, 1], [[unit(0, 0)], [unit(2, 6, 0.05), unit(1, 15)]]),
  );
  const [one, other] = await Promise.all(
    [STEADY, shuffled].map((model) => measureUnits(model, BATCHES, { size: SIZE })),
  );
  assert.equal(one!.consistency.mean, other!.consistency.mean);
  assert.deepEqual(one!.purity, other!.purity);
  assert.ok(Math.abs(one!.partOverlap.mean! - other!.partOverlap.mean!) < 1e-12);
});

Deno.test("measureUnits() leaves out what needs regions where only points are known", async () => {
  const truths = [{ ...TRUTH, regions: null }];
  const batch = { pixels: new Float32Array(12), labels: [0], truths };
  const { partOverlap, objectEnergy, consistency } = await measureUnits(STEADY, [batch], {
    size: SIZE,
  });
  assert.deepEqual([partOverlap.over, objectEnergy.mean, consistency.over], [0, null, 1]);
});

Deno.test("measureUnits() refuses groups of another number of parts", async () => {
  await assert.rejects(
    measureUnits(STEADY, BATCHES, { size: SIZE, groups: [0, 1] }),
    /found 3 parts, wanted 2/,
  );
});

Deno.test("measureUnits() refuses truths that do not fit", async () => {
  const cases: [TruthBatch[], RegExp][] = [
    [[], /found no image/],
    [[{ ...BATCHES[0]!, truths: [TRUTH] }], /found the parts of 1 images, wanted those of 3/],
    [[BATCHES[0]!, { ...BATCHES[1]!, truths: [truthOf(SIZE, [null])] }], /found 1 parts, wanted 3/],
    [[{ ...BATCHES[1]!, truths: [truthOf(8, [])] }], /regions of 8 x 8 pixels, wanted 32 x 32/],
  ];
  for (const [batches, message] of cases) {
    await assert.rejects(measureUnits(STEADY, batches, { size: SIZE }), (error) => {
      assert.ok(error instanceof RunError);
      assert.match(error.message, message);
      return true;
    });
  }
});
