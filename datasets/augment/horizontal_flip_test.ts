import assert from "node:assert/strict";
import { randomStream } from "../../harness/base/mod.ts";
import { horizontalFlip } from "./horizontal_flip.ts";
import { applied, chosen, countingImage } from "./testdata/chosen.ts";

const GREY = { width: 3, height: 2, channels: 1 };
const RGB = { width: 2, height: 2, channels: 3 };

Deno.test("horizontalFlip() mirrors pixels, not channels", () => {
  const flip = (shape: typeof GREY, draw: number) =>
    applied(horizontalFlip(shape), countingImage(shape), chosen(draw));
  assert.deepEqual(flip(GREY, 1), [3, 2, 1, 6, 5, 4]);
  assert.deepEqual(flip(RGB, 1), [4, 5, 6, 1, 2, 3, 10, 11, 12, 7, 8, 9]);
  assert.deepEqual(flip(RGB, 0), [...countingImage(RGB)]);
});

Deno.test("horizontalFlip() mirrors every second image on average", () => {
  const random = randomStream(1, "test");
  const image = countingImage(GREY);
  let mirrored = 0;
  for (let draw = 0; draw < 10_000; draw++) {
    if (applied(horizontalFlip(GREY), image, random)[0] === 3) mirrored++;
  }
  // Standard deviation: 50.
  assert.ok(Math.abs(mirrored - 5000) < 4 * 50, `${mirrored} of 10000`);
});
