import assert from "node:assert/strict";
import fc from "fast-check";
import { RunError } from "../base/mod.ts";
import { distanceMap } from "./distances.ts";
import type { LatentBatch } from "./latent_batch.ts";
import { project } from "./project.ts";
import type { PrototypeLayer } from "./prototype_layer.ts";

/** Two prototypes for each of two classes, latent vectors of length 1. */
const LAYER: PrototypeLayer = {
  classes: 2,
  depth: 1,
  vectors: Float32Array.of(0.1, 0.2, 0.8, 0.9),
  classOf: Int32Array.of(0, 0, 1, 1),
  weights: Float32Array.of(1, 1, -0.5, -0.5, -0.5, -0.5, 1, 1),
  similarity: "log",
};

/** Images of 1 x 2 cells. */
function batch(cells: readonly number[], labels: number[], admissible?: number[]): LatentBatch {
  const maps = {
    count: labels.length,
    depth: 1,
    height: 1,
    width: 2,
    data: Float32Array.from(cells),
  };
  return { maps, labels, ...(admissible && { admissible }) };
}

Deno.test("project() takes the nearest patch of the own class over all batches", async () => {
  const batches = [batch([0.1, 0.5, 0.81, 0.7], [1, 0]), batch([0.3, 0.19, 0.5, 0.6], [0, 1])];
  const { layer, sources, duplicates, identical, images } = await project(LAYER, batches);
  assert.deepEqual(layer.vectors, Float32Array.of(0.19, 0.19, 0.6, 0.6));
  assert.deepEqual(sources.map(({ image, cell }) => [image, cell]), [[2, 1], [2, 1], [3, 1], [
    3,
    1,
  ]]);
  assert.ok(Math.abs(sources[0]!.distance - 0.09 ** 2) < 1e-8);
  assert.equal(duplicates, 2);
  assert.deepEqual(identical, [{ label: 0, count: 2 }, { label: 1, count: 2 }]);
  assert.deepEqual(images, Int32Array.of(2, 2));
  assert.deepEqual(LAYER.vectors, Float32Array.of(0.1, 0.2, 0.8, 0.9), "the input stays");
  assert.equal(layer.weights, LAYER.weights);
});

Deno.test("project() keeps the earliest image and the first cell of a tie", async () => {
  const batches = [batch([0.5, 0.5, 0.5, 0.5, 0.5, 0.5], [0, 0, 1]), batch([0.5, 0.5], [1])];
  const { sources } = await project(LAYER, batches);
  assert.deepEqual(sources.map(({ image, cell }) => [image, cell]), [[0, 0], [0, 0], [2, 0], [
    2,
    0,
  ]]);
});

Deno.test("project() counts equal vectors from different places as duplicates", async () => {
  // Prototypes at 0.1 and 0.9 of one class; the only patches have the same value.
  const layer = { ...LAYER, classes: 1, classOf: new Int32Array(4), weights: new Float32Array(4) };
  const { duplicates } = await project(layer, [batch([0.5, 0.5], [0])], { distinct: false });
  assert.equal(duplicates, 3);
  const two = [batch([0.5, 0.5, 0.5, 0.5], [0, 0])];
  const distinct = await project(layer, two, { distinct: true });
  assert.equal(new Set(distinct.sources.map(({ image, cell }) => `${image}:${cell}`)).size, 4);
  assert.equal(distinct.duplicates, 3, "different places, one vector");
});

Deno.test("project() gives different places, nearest pairs first, when asked", async () => {
  const batches = [batch([0.19, 0.5, 0.9, 0.7], [0, 1])];
  const { layer, duplicates, identical } = await project(LAYER, batches, { distinct: true });
  // 0.2 is nearer to 0.19 than 0.1 is, 0.9 nearer to 0.9 than 0.8 is.
  assert.deepEqual(layer.vectors, Float32Array.of(0.5, 0.19, 0.7, 0.9));
  assert.equal(duplicates, 0);
  assert.deepEqual(identical, []);
});

Deno.test("project() never looks at images that the mask leaves out", async () => {
  const batches = [batch([0.1, 0.2, 0.8, 0.9], [0, 1], [0, 1]), batch([0.4, 0.3], [0], [1])];
  const { sources } = await project(LAYER, batches);
  assert.deepEqual(sources.map(({ image }) => image), [2, 2, 1, 1]);
});

Deno.test("project() refuses what it cannot project onto", async () => {
  const cases: [LatentBatch[], boolean, RegExp][] = [
    [[batch([0, 0], [0])], false, /class 1 has no admissible image/],
    [[batch([0, 0, 0, 0], [0, 1], [1, 0])], false, /class 1 has no admissible image/],
    [[batch([0, 0], [2])], false, /image 0 is of class 2, wanted 0 to 1/],
    [[batch([NaN, 0, 0, 0], [0, 1])], false, /distance of prototype 0 to image 0 is not a number/],
    [[{ ...batch([0, 0], [0]), labels: [0, 1] }], false, /found 2 labels for 1 images/],
    [[{ ...batch([0, 0], [0]), admissible: [] }], false, /found 0 mask entries for 1 images/],
  ];
  for (const [batches, distinct, message] of cases) {
    await assert.rejects(project(LAYER, batches, { distinct }), (error) => {
      assert.ok(error instanceof RunError);
      assert.match(error.message, message);
      return true;
    });
  }
  const five = {
    ...LAYER,
    classes: 1,
    vectors: new Float32Array(5),
    classOf: new Int32Array(5),
    weights: new Float32Array(5),
  };
  await assert.rejects(
    project(five, [batch([0, 1, 0, 1], [0, 0])], { distinct: true }),
    /class 0 has 4 different patches, wanted 5/,
  );
});

Deno.test("project() puts every prototype onto its own patch, and there onto its best cell", async () => {
  const value = fc.float({ min: 0, max: 1, noNaN: true });
  await fc.assert(
    fc.asyncProperty(
      fc.array(value, { minLength: 32, maxLength: 32 }),
      fc.array(value, { minLength: 8, maxLength: 8 }),
      fc.boolean(),
      async (cells, prototypes, distinct) => {
        const layer = { ...LAYER, depth: 2, vectors: Float32Array.from(prototypes) };
        const maps = { count: 4, depth: 2, height: 2, width: 2, data: Float32Array.from(cells) };
        const { layer: after, sources } = await project(layer, [{ maps, labels: [0, 1, 1, 0] }], {
          distinct,
        });
        for (const [p, { image, cell }] of sources.entries()) {
          assert.equal(distanceMap(after, maps, image, p)[cell], 0);
          assert.equal([0, 1, 1, 0][image], layer.classOf[p]);
        }
      },
    ),
    { numRuns: 50 },
  );
});
