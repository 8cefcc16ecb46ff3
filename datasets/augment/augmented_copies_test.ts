import assert from "node:assert/strict";
import { RunError, UsageError } from "../../harness/base/mod.ts";
import { imageAt } from "../labelled_images.ts";
import { imagesAt } from "../split_per_class.ts";
import { someImages } from "../testdata/some_images.ts";
import type { Augmentation } from "./augmentation.ts";
import { augmentedCopies } from "./augmented_copies.ts";

/** Adds a number drawn at random. */
function adding(base: number): Augmentation {
  return {
    apply(source, target, random) {
      const more = base + random.integer(10);
      source.forEach((value, at) => target[at] = value + more);
    },
  };
}

const OPTIONS = { copies: 3, pipelines: [adding(10), adding(100)], seed: 1 } as const;

Deno.test("augmentedCopies() makes copies side by side, the pipelines in turn", () => {
  const images = someImages();
  const before = structuredClone(images);
  const copies = augmentedCopies(images, OPTIONS);
  assert.deepEqual(images, before);
  assert.deepEqual(copies.names.slice(0, 4), ["a#0", "a#1", "a#2", "b#0"]);
  assert.equal(copies.names.length, 18);
  assert.deepEqual([...copies.labels.slice(0, 7)], [0, 0, 0, 1, 1, 1, 0]);
  assert.equal(copies.pixels.length, 36);
  for (let at = 0; at < 18; at++) {
    const added = imageAt(copies, at)[0]! - imageAt(images, Math.floor(at / 3))[0]!;
    const base = at % 3 === 1 ? 100 : 10;
    assert.ok(added >= base && added < base + 10);
  }
});

Deno.test("augmentedCopies() depend on the seed and the image, not on its companions", () => {
  const images = someImages();
  const all = augmentedCopies(images, OPTIONS);
  assert.deepEqual(augmentedCopies(images, OPTIONS), all);
  assert.notDeepEqual(augmentedCopies(images, { ...OPTIONS, seed: 2 }), all);
  const some = augmentedCopies(imagesAt(images, [4, 1]), OPTIONS);
  assert.deepEqual(some.names, ["e#0", "e#1", "e#2", "b#0", "b#1", "b#2"]);
  assert.deepEqual(some.pixels.slice(6), all.pixels.slice(6, 12));
});

Deno.test("augmentedCopies() refuse a number that is none, and too much memory", () => {
  for (const copies of [0, 1.5, NaN]) {
    assert.throws(() => augmentedCopies(someImages(), { ...OPTIONS, copies }), UsageError);
  }
  assert.throws(
    () => augmentedCopies(someImages(), { ...OPTIONS, copies: 1e9 }),
    new RunError(
      "Cannot augment images: 1000000000 copies of 6 images need 11.2 GiB, wanted at most 4 GiB: " +
        "augment them anew in each epoch instead",
    ),
  );
});
