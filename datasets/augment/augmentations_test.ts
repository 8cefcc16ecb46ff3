import assert from "node:assert/strict";
import { randomStream } from "../../harness/base/mod.ts";
import type { Augmentation } from "./augmentation.ts";
import { augmentations } from "./augmentations.ts";
import { cropAfterPad } from "./crop_after_pad.ts";
import { horizontalFlip } from "./horizontal_flip.ts";
import { applied, chosen } from "./testdata/chosen.ts";

/** Appends a digit to each number. */
const digit: Augmentation = {
  apply(source, target, random) {
    assert.notEqual(source, target);
    const next = random.integer(10);
    for (const [at, value] of source.entries()) target[at] = 10 * value + next;
  },
};

Deno.test("augmentations() applies each step once and in order, however many", () => {
  const source = Uint8Array.of(0, 1);
  const after = (...draws: number[]) =>
    applied(augmentations(draws.map(() => digit)), source, chosen(...draws));
  assert.deepEqual(after(), [0, 1]);
  assert.deepEqual(after(2), [2, 12]);
  assert.deepEqual(after(2, 3), [23, 123]);
  assert.deepEqual(after(0, 2, 3), [23, 1023 % 256]);
});

Deno.test("augmentations() serves images of several sizes", () => {
  const twice = augmentations([digit, digit]);
  assert.deepEqual(applied(twice, Uint8Array.of(0), chosen(1, 2)), [12]);
  assert.deepEqual(applied(twice, Uint8Array.of(0, 1), chosen(1, 2)), [12, 112]);
});

Deno.test("augmentations() gives the same image for the same stream", () => {
  const shape = { width: 8, height: 8, channels: 3 };
  const both = augmentations([cropAfterPad(shape, 2), horizontalFlip(shape)]);
  const source = Uint8Array.from({ length: 192 }, (_, at) => at);
  const images = [1, 1, 2].map((epoch) => applied(both, source, randomStream(5, "image", epoch)));
  assert.deepEqual(images[0], images[1]);
  assert.notDeepEqual(images[0], images[2]);
});
