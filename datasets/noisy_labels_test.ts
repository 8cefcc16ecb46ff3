import assert from "node:assert/strict";
import { noisyLabels } from "./noisy_labels.ts";
import { someImages } from "./testdata/some_images.ts";

const CLASSES = 10;

const many = {
  ...someImages(),
  classes: Array.from({ length: CLASSES }, (_, at) => `class ${at}`),
  labels: Int32Array.from({ length: 5000 }, (_, at) => at % CLASSES),
};

function changed(labels: Int32Array): number {
  return labels.filter((label, at) => label !== many.labels[at]).length;
}

Deno.test("noisyLabels() draws a share of the labels anew and leaves the images alone", () => {
  const before = many.labels.slice();
  const noisy = noisyLabels(many, 0.4, 1);
  assert.equal(noisy.pixels, many.pixels);
  assert.deepEqual(many.labels, before);
  // Of 2000 new labels a tenth is right by chance: mean 1800, standard deviation about 13.
  const count = changed(noisy.labels);
  assert.ok(Math.abs(count - 1800) < 4 * 13.5, `${count} labels changed`);
});

Deno.test("noisyLabels() draws each class equally often", () => {
  const counts = new Uint32Array(CLASSES);
  for (const label of noisyLabels(many, 1, 1).labels) counts[label]!++;
  // Each count: mean 500, standard deviation about 21.
  assert.ok(counts.every((count) => Math.abs(count - 500) < 4 * 21.3), String(counts));
});

Deno.test("noisyLabels() changes nothing when the share is 0", () => {
  assert.deepEqual(noisyLabels(many, 0, 1), many);
});

Deno.test("noisyLabels() is decided by the seed", () => {
  assert.deepEqual(noisyLabels(many, 0.5, 7).labels, noisyLabels(many, 0.5, 7).labels);
  assert.notDeepEqual(noisyLabels(many, 0.5, 7).labels, noisyLabels(many, 0.5, 8).labels);
  // Must not change: published results depend on it.
  assert.deepEqual([...noisyLabels(many, 0.5, 7).labels.slice(0, 12)], [
    ...[2, 1, 0, 3, 4, 5, 7, 7, 3, 0, 2, 1],
  ]);
});
