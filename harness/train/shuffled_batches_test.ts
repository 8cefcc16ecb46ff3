import assert from "node:assert/strict";
import fc from "fast-check";
import { UsageError } from "../base/mod.ts";
import { shuffledBatches } from "./shuffled_batches.ts";

Deno.test("shuffledBatches() gives full batches of different images", () => {
  const sizes = fc.integer({ min: 1, max: 60 }).chain((n) =>
    fc.tuple(fc.constant(n), fc.integer({ min: 1, max: n }))
  );
  fc.assert(fc.property(sizes, fc.integer(), fc.nat(), ([n, batch], seed, epoch) => {
    const batches = shuffledBatches(n, batch, seed, epoch);
    assert.equal(batches.length, Math.floor(n / batch));
    assert.ok(batches.every(({ length }) => length === batch));
    const images = batches.flatMap((images) => [...images]);
    assert.equal(new Set(images).size, images.length);
    assert.ok(images.every((image) => image >= 0 && image < n));
    assert.deepEqual(shuffledBatches(n, batch, seed, epoch), batches);
  }));
});

Deno.test("shuffledBatches() changes with the seed and the epoch", () => {
  const order = shuffledBatches(100, 10, 1, 0);
  assert.notDeepEqual(shuffledBatches(100, 10, 2, 0), order);
  assert.notDeepEqual(shuffledBatches(100, 10, 1, 1), order);
});

Deno.test("shuffledBatches() leaves out other images in each epoch", () => {
  const seen = Array.from({ length: 10 }, () => 0);
  for (let epoch = 0; epoch < 100; epoch++) {
    for (const images of shuffledBatches(10, 4, 7, epoch)) {
      for (const image of images) seen[image]!++;
    }
  }
  // Eight of ten images an epoch: 80 of 100 times each, standard deviation 4.
  assert.ok(seen.every((times) => Math.abs(times - 80) < 16), String(seen));
});

Deno.test("shuffledBatches() should not change its output except for major bumps", () => {
  assert.deepEqual(shuffledBatches(7, 3, 1, 0).map((images) => [...images]), [[0, 6, 3], [
    4,
    5,
    2,
  ]]);
});

Deno.test("shuffledBatches() refuses a batch that it cannot fill", () => {
  assert.throws(
    () => shuffledBatches(10, 11, 1, 0),
    new UsageError("batch larger than the data: found 11, wanted at most 10 images"),
  );
  for (const batch of [0, -1, 1.5, NaN]) {
    assert.throws(
      () => shuffledBatches(10, batch, 1, 0),
      new UsageError(`batch: found ${batch}, wanted a positive whole number`),
    );
  }
});
