import assert from "node:assert/strict";
import { checkProjection, ownClassShare } from "./check_projection.ts";
import type { LatentBatch } from "./latent_batch.ts";
import { nearestPatches } from "./nearest_patches.ts";
import { project } from "./project.ts";
import type { PrototypeLayer } from "./prototype_layer.ts";

const LAYER: PrototypeLayer = {
  classes: 2,
  depth: 1,
  vectors: Float32Array.of(0.1, 0.9),
  classOf: Int32Array.of(0, 1),
  weights: Float32Array.of(1, -0.5, -0.5, 1),
  similarity: "log",
};

function batch(cells: readonly number[]): LatentBatch {
  const maps = { count: 2, depth: 1, height: 1, width: 2, data: Float32Array.from(cells) };
  return { maps, labels: [0, 1] };
}

Deno.test("checkProjection() finds projected prototypes on their patches", async () => {
  const batches = [batch([0.3, 0.2, 0.5, 0.6])];
  const { layer, sources } = await project(LAYER, batches);
  assert.deepEqual(await checkProjection(layer, sources, batches), {
    largestDistance: 0,
    notAtArgmax: [],
  });
});

Deno.test("checkProjection() notices latent maps that moved", async () => {
  const { layer, sources } = await project(LAYER, [batch([0.3, 0.2, 0.5, 0.6])]);
  const moved = [batch([0.2, 0.4, 0.5, 0.6])];
  const { largestDistance, notAtArgmax } = await checkProjection(layer, sources, moved);
  assert.ok(Math.abs(largestDistance - 0.04) < 1e-7);
  assert.deepEqual(notAtArgmax, [0]);
});

Deno.test("checkProjection() refuses sources that are not there", async () => {
  const { layer, sources } = await project(LAYER, [batch([0.3, 0.2, 0.5, 0.6])]);
  await assert.rejects(
    checkProjection(layer, sources, [{ ...batch([0, 0, 0, 0]), admissible: [1, 0] }]),
    /found no cell 1 of image 1, which prototype 1 is to come from/,
  );
});

Deno.test("ownClassShare() counts neighbours of the own class", async () => {
  const nearest = await nearestPatches(LAYER, [batch([0.1, 0.9, 0.5, 0.5])], 1);
  assert.equal(ownClassShare(LAYER, nearest), 0.5);
});
