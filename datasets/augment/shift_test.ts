import assert from "node:assert/strict";
import fc from "fast-check";
import { randomStream, UsageError } from "../../harness/base/mod.ts";
import type { ImageShape } from "./augmentation.ts";
import { cropAfterPad } from "./crop_after_pad.ts";
import { type Padding, shift } from "./shift.ts";
import { applied, chosen, countingImage } from "./testdata/chosen.ts";

const GREY: ImageShape = { width: 3, height: 2, channels: 1 };
const GREY_IMAGE = countingImage(GREY);

function shifted(columns: number, rows: number, padding: Padding): number[] {
  return applied(shift(GREY, 1, padding), GREY_IMAGE, chosen(columns + 1, rows + 1));
}

Deno.test("shift() moves right and down, left and up, over black", () => {
  assert.deepEqual(shifted(0, 0, "zero"), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(shifted(1, 0, "zero"), [0, 1, 2, 0, 4, 5]);
  assert.deepEqual(shifted(-1, 0, "zero"), [2, 3, 0, 5, 6, 0]);
  assert.deepEqual(shifted(0, 1, "zero"), [0, 0, 0, 1, 2, 3]);
  assert.deepEqual(shifted(1, -1, "zero"), [0, 4, 5, 0, 0, 0]);
});

Deno.test("shift() repeats the nearest pixels when the padding is edge", () => {
  assert.deepEqual(shifted(1, 0, "edge"), [1, 1, 2, 4, 4, 5]);
  assert.deepEqual(shifted(-1, -1, "edge"), [5, 6, 6, 5, 6, 6]);
});

Deno.test("shift() is the window that a padded image shows, for every shape and shift", () => {
  const shapes = fc.record({
    width: fc.integer({ min: 1, max: 7 }),
    height: fc.integer({ min: 1, max: 5 }),
    channels: fc.constantFrom(1, 3),
  });
  fc.assert(fc.property(shapes, fc.nat(), fc.nat(), fc.nat(), (shape, a, b, c) => {
    const { width, height, channels } = shape;
    const max = a % Math.min(width, height);
    const [columns, rows] = [b % (2 * max + 1) - max, c % (2 * max + 1) - max];
    const source = countingImage(shape);
    for (const padding of ["zero", "edge"] as const) {
      const wanted: number[] = [];
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const [inX, inY] = [
            Math.min(width - 1, Math.max(0, x - columns)),
            Math.min(height - 1, Math.max(0, y - rows)),
          ];
          const isInside = inX === x - columns && inY === y - rows;
          for (let channel = 0; channel < channels; channel++) {
            const value = source[(inY * width + inX) * channels + channel]!;
            wanted.push(isInside || padding === "edge" ? value : 0);
          }
        }
      }
      const random = chosen(columns + max, rows + max);
      assert.deepEqual(applied(shift(shape, max, padding), source, random), wanted);
    }
  }));
});

Deno.test("shift() and cropAfterPad() draw every shift about equally often", () => {
  const shape = { width: 5, height: 5, channels: 1 };
  const source = new Uint8Array(25);
  source[12] = 1;
  for (const augmentation of [shift(shape, 1, "edge"), cropAfterPad(shape, 1)]) {
    const counts = new Map<number, number>();
    const random = randomStream(1, "test");
    for (let draw = 0; draw < 9000; draw++) {
      const place = applied(augmentation, source, random).indexOf(1);
      counts.set(place, (counts.get(place) ?? 0) + 1);
    }
    assert.deepEqual([...counts.keys()].sort((a, b) => a - b), [6, 7, 8, 11, 12, 13, 16, 17, 18]);
    // Standard deviation of each count: sqrt(9000 * 1/9 * 8/9), about 30.
    for (const count of counts.values()) assert.ok(Math.abs(count - 1000) < 4 * 30, `${count}`);
  }
});

Deno.test("shift() refuses what is no whole number or leaves nothing of the image", () => {
  for (const max of [-1, 0.5, 2, NaN]) {
    assert.throws(
      () => shift(GREY, max),
      new UsageError(`shift: max ${max}, wanted a whole number from 0 to 1`),
    );
  }
});
