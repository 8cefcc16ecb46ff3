import assert from "node:assert/strict";
import { RunError } from "../base/mod.ts";
import { firstPrototypes } from "./first_prototypes.ts";
import type { LatentBatch } from "./latent_batch.ts";
import type { PrototypeLayer } from "./prototype_layer.ts";

/** Two prototypes for each of two classes, latent vectors of length 2. */
const LAYER: PrototypeLayer = {
  classes: 2,
  depth: 2,
  vectors: new Float32Array(8).fill(9),
  classOf: Int32Array.of(0, 1, 0, 1),
  weights: new Float32Array(8),
  similarity: "log",
};

/** Images of 2 x 3 cells whose latent vectors are (number of the image, cell). */
function batch(first: number, labels: number[], admissible?: number[]): LatentBatch {
  const [height, width] = [2, 3];
  const maps = {
    count: labels.length,
    depth: 2,
    height,
    width,
    data: Float32Array.from(labels.flatMap((_, at) => [
      ...Array<number>(6).fill(first + at),
      ...Array(6).keys(),
    ])),
  };
  return { maps, labels, ...(admissible && { admissible }) };
}

const BATCHES = [batch(0, [0, 1, 0, 1], [1, 1, 0, 1]), batch(4, [1, 0, 0])];

Deno.test("firstPrototypes() draws cells of different admissible images of the prototypes' classes", async () => {
  const drawn = new Set<string>();
  for (let seed = 0; seed < 50; seed++) {
    const { vectors, ...rest } = await firstPrototypes(LAYER, BATCHES, seed);
    assert.deepEqual({ ...rest, vectors: LAYER.vectors }, LAYER);
    const imageOf = (prototype: number) => vectors[2 * prototype]!;
    for (const [images, one, other] of [[[0, 5, 6], 0, 2], [[1, 3, 4], 1, 3]] as const) {
      const found: number[] = [imageOf(one), imageOf(other)];
      assert.ok(found.every((image) => images.some((own) => own === image)), `${found}`);
      assert.notEqual(found[0], found[1]);
    }
    for (const prototype of LAYER.classOf.keys()) {
      drawn.add(vectors.subarray(2 * prototype, 2 * prototype + 2).join());
    }
  }
  assert.equal(drawn.size, 6 * 6, "every cell of every admissible image is drawn at times");
});

Deno.test("firstPrototypes() draws the same patches again, others for another seed", async () => {
  const { vectors } = await firstPrototypes(LAYER, BATCHES, 1);
  assert.deepEqual((await firstPrototypes(LAYER, BATCHES, 1)).vectors, vectors);
  assert.notDeepEqual((await firstPrototypes(LAYER, BATCHES, 2)).vectors, vectors);
  assert.deepEqual(LAYER.vectors, new Float32Array(8).fill(9), "the input stays");
});

Deno.test("firstPrototypes() refuses a class with too few images, and a class that is none", async () => {
  await assert.rejects(
    firstPrototypes(LAYER, [batch(0, [0, 0, 1])], 1),
    new RunError(
      "first prototypes: class 1 has 1 images for 2 prototypes, wanted one each",
    ),
  );
  await assert.rejects(
    firstPrototypes(LAYER, [batch(0, [0, 2])], 1),
    new RunError("first prototypes: image 1 is of class 2, wanted 0 to 1"),
  );
});
