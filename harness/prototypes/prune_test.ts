import assert from "node:assert/strict";
import { activationsOf } from "./activations.ts";
import type { LatentBatch } from "./latent_batch.ts";
import { nearestPatches, type NearPatch } from "./nearest_patches.ts";
import type { LatentMaps, PrototypeLayer } from "./prototype_layer.ts";
import { prune, PRUNING_NEIGHBOURS } from "./prune.ts";
import { scoringSheet } from "./scoring_sheet.ts";

const LAYER: PrototypeLayer = {
  classes: 2,
  depth: 1,
  vectors: Float32Array.of(0.1, 0.2, 0.8, 0.9),
  classOf: Int32Array.of(0, 0, 1, 1),
  weights: Float32Array.of(1.1, 1, 0, -0.5, -0.25, -0.5, 0, 1.3),
  similarity: "log",
};

const neighbours = (labels: readonly number[]): NearPatch[] =>
  labels.map((label, image) => ({ image, label, cell: 0, distance: image }));

Deno.test("prune() removes a prototype with 2 of 6 neighbours of its class and keeps one with 3", () => {
  const { layer, kept, pruned, emptied } = prune(LAYER, [
    neighbours([0, 0, 0, 1, 1, 1]),
    neighbours([0, 0, 0, 0, 0, 0]),
    neighbours([1, 1, 0, 0, 0, 0]),
    neighbours([0, 0, 0, 1, 1, 1]),
  ]);
  assert.deepEqual(kept, Int32Array.of(0, 1, 3));
  assert.deepEqual(pruned, [{ prototype: 2, label: 1, ofOwnClass: 2 }]);
  assert.deepEqual(emptied, []);
  assert.deepEqual(layer.vectors, Float32Array.of(0.1, 0.2, 0.9));
  assert.deepEqual(layer.classOf, Int32Array.of(0, 0, 1));
  assert.deepEqual(layer.weights, Float32Array.of(1.1, 1, -0.5, -0.25, -0.5, 1.3));
});

Deno.test("prune() leaves points, and logits without weight on what went, bit for bit", () => {
  const { layer, kept } = prune(
    LAYER,
    [0, 0, 0, 1].map((label) => neighbours(Array(6).fill(label))),
  );
  const maps = { count: 1, depth: 1, height: 1, width: 3, data: Float32Array.of(0.3, 0.7, 0.15) };
  const before = activationsOf(LAYER, maps, 0);
  const after = activationsOf(layer, maps, 0);
  for (const label of [0, 1]) {
    const [whole, rest] = [scoringSheet(LAYER, before, label), scoringSheet(layer, after, label)];
    const pointsBefore = new Map(
      [...whole.own, ...whole.others].map((r) => [r.prototype, r.points]),
    );
    for (const row of [...rest.own, ...rest.others]) {
      assert.equal(row.points, pointsBefore.get(kept[row.prototype]!));
    }
    assert.equal(whole.total, rest.total);
  }
});

Deno.test("prune() names classes that have no prototype left", () => {
  const of = (label: number) => neighbours(Array(6).fill(label));
  const { emptied, pruned } = prune(LAYER, [of(0), of(1), of(0), of(0)]);
  assert.deepEqual(emptied, [1]);
  assert.equal(pruned.length, 3);
  assert.throws(() => prune(LAYER, [of(1), of(1), of(0), of(0)]), /none of 4 prototypes has 3/);
});

Deno.test("prune() refuses too few neighbours", () => {
  assert.throws(() => prune(LAYER, []), /neighbours of 0 prototypes, wanted 4/);
  const lists = [0, 0, 1, 1].map((label) => neighbours([label, label]));
  assert.throws(() => prune(LAYER, lists), /prototype 0 has 2 neighbours, wanted at least 3/);
});

Deno.test("nearestPatches() gives one patch an image, nearest first, ties in order", async () => {
  const maps = (data: number[]): LatentMaps => ({
    count: data.length / 2,
    depth: 1,
    height: 2,
    width: 1,
    data: Float32Array.from(data),
  });
  const batches: LatentBatch[] = [
    { maps: maps([0.1, 0.1, 0.5, 0.11]), labels: [0, 1] },
    { maps: maps([0.9, 0.1, 0.3, 0.4, 0.1, 0.1]), labels: [1, 0, 1], admissible: [1, 1, 0] },
  ];
  const nearest = await nearestPatches(LAYER, batches, 3);
  assert.deepEqual(nearest[0]!.map(({ image, label, cell }) => [image, label, cell]), [
    [0, 0, 0],
    [2, 1, 1],
    [1, 1, 1],
  ]);
  assert.deepEqual((await nearestPatches(LAYER, batches, PRUNING_NEIGHBOURS))[3]!.length, 4);
});
