import assert from "node:assert/strict";
import fc from "fast-check";
import { randomStream } from "../base/mod.ts";
import { consistencyOf, HitCounts, mapHits, stabilityOf } from "./part_hits.ts";
import { ungrouped } from "./part_groups.ts";
import { NOISE_LIMIT, withNoise } from "./noise.ts";
import { peakAt } from "./testdata/hand_made.ts";

const hits = (...hit: number[]) => ({ visible: Uint8Array.of(1, 1), hit: Uint8Array.from(hit) });

/** A unit that hits part 0 in `hit` of `images` images, and part 1 in the others. */
function unitWith(hit: number, images: number): HitCounts {
  const counts = new HitCounts();
  for (let image = 0; image < images; image++) counts.add(image < hit ? hits(1, 0) : hits(0, 1));
  return counts;
}

Deno.test("consistencyOf() flips at 0.8", () => {
  assert.equal(consistencyOf([unitWith(8, 10)]).mean, 1);
  assert.equal(consistencyOf([unitWith(79, 100)]).mean, 0);
  assert.equal(consistencyOf([unitWith(8, 10), unitWith(5, 10), unitWith(2, 10)]).mean, 2 / 3);
});

Deno.test("HitCounts counts a part only where it is visible", () => {
  const counts = new HitCounts();
  counts.add(hits(1, 0));
  counts.add({ visible: Uint8Array.of(0, 1), hit: Uint8Array.of(0, 0) });
  assert.equal(counts.consistency, 1);
  assert.equal(counts.stability, null);
});

Deno.test("stabilityOf() is 1 when noise changes nothing and counts whole vectors", () => {
  const [still, half] = [new HitCounts(), new HitCounts()];
  still.add(hits(1, 0), hits(1, 0));
  half.add(hits(1, 1), hits(1, 0));
  half.add(hits(0, 0), hits(0, 0));
  assert.equal(stabilityOf([still]).mean, 1);
  assert.equal(stabilityOf([still, half]).mean, 0.75);
});

Deno.test("mapHits() looks 36 of 224 pixels around the peak, edges included", () => {
  // The peak of cell 0 of 4 x 4 cells lies in the first pixels of the corner.
  const grid = { rows: 4, columns: 4 };
  const size = 56;
  const reach = 9;
  const point = (x: number, y: number) => ({ x, y, visible: true });
  const found = mapHits(
    peakAt(16, 0),
    grid,
    size,
    [point(0, 0), point(reach, 0), point(reach + 5, 0), { ...point(0, 0), visible: false }],
    ungrouped(4),
  );
  assert.deepEqual(found.hit, Uint8Array.of(1, 1, 0, 0));
  assert.deepEqual(found.visible, Uint8Array.of(1, 1, 1, 0));
});

Deno.test("withNoise() adds clipped noise of its stream and leaves the input", () => {
  fc.assert(fc.property(fc.integer(), (seed) => {
    const pixels = Float32Array.from({ length: 200 }, (_, at) => at / 100);
    const before = pixels.slice();
    const noisy = withNoise(pixels, randomStream(seed));
    assert.deepEqual(pixels, before);
    assert.ok(noisy.every((value, at) => Math.abs(value - pixels[at]!) <= NOISE_LIMIT + 1e-6));
    assert.ok(noisy.some((value, at) => value !== pixels[at]));
    assert.deepEqual(noisy, withNoise(pixels, randomStream(seed)));
  }));
});
