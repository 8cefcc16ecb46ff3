import assert from "node:assert/strict";
import { shuffledLabels } from "./shuffled_labels.ts";
import { someImages } from "./testdata/some_images.ts";

const many = {
  ...someImages(),
  labels: Int32Array.from({ length: 5000 }, (_, at) => at % 10),
};

Deno.test("shuffledLabels() keeps the images and the number of each class", () => {
  const labels = many.labels.slice();
  const shuffled = shuffledLabels(many, 1);
  assert.equal(shuffled.pixels, many.pixels);
  assert.deepEqual(shuffled.labels.toSorted(), labels.toSorted());
  assert.deepEqual(many.labels, labels);
});

Deno.test("shuffledLabels() leaves labels right no more often than by chance", () => {
  const shuffled = shuffledLabels(many, 1).labels;
  const right = many.labels.filter((label, at) => shuffled[at] === label).length;
  // Matches of a random permutation: mean 500, standard deviation about 21.
  assert.ok(Math.abs(right - 500) < 4 * 21, `${right} of 5000 right`);
});

Deno.test("shuffledLabels() is decided by the seed", () => {
  assert.deepEqual(shuffledLabels(many, 7).labels, shuffledLabels(many, 7).labels);
  assert.notDeepEqual(shuffledLabels(many, 7).labels, shuffledLabels(many, 8).labels);
  // Must not change: published results depend on it.
  assert.deepEqual([...shuffledLabels(someImages(), 7).labels], [0, 1, 0, 0, 0, 1]);
});
