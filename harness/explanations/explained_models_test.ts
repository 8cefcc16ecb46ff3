import assert from "node:assert/strict";
import fc from "fast-check";
import { randomStream } from "../base/mod.ts";
import type { LatentMaps, PrototypeLayer } from "../prototypes/mod.ts";
import { camChannels, type CamHead, camModel } from "./explain_cam.ts";
import { type PartPoolHead, partPoolModel } from "./explain_part_pool.ts";
import { explainPrototypes, prototypeModel } from "./explain_prototypes.ts";
import { predictedClass } from "./explained_model.ts";

const seeds = fc.integer({ min: 0 });

function draw(seed: number, length: number): Float32Array {
  const random = randomStream(seed, length);
  return Float32Array.from({ length }, () => random.uniform() - 0.3);
}

function drawMaps(seed: number, count: number, depth: number): LatentMaps {
  return { count, depth, height: 2, width: 3, data: draw(seed, count * depth * 6) };
}

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

function assertNear(found: number, wanted: number): void {
  assert.ok(Math.abs(found - wanted) < 1e-9, `found ${found}, wanted ${wanted}`);
}

Deno.test("camModel() decomposes logits exactly: channels and M_c add up to them", async () => {
  await fc.assert(fc.asyncProperty(seeds, async (seed) => {
    const [classes, depth] = [3, 5];
    const weights = draw(seed, classes * depth);
    const maps = drawMaps(seed, 2, depth);
    const channels = camChannels(weights, new Float64Array(classes * depth).fill(1), classes, 2);
    const head: CamHead = { classes, depth, weights, channels };
    const wanted = (image: number, k: number) =>
      sum(Array.from({ length: depth }, (_, c) => {
        const start = (image * depth + c) * 6;
        return weights[k * depth + c]! * sum(maps.data.subarray(start, start + 6)) / 6;
      }));
    const model = camModel(head, () => Promise.resolve({ logits: new Float32Array(6), maps }));
    for (const [image, explanation] of (await model.explain(new Float32Array(2), 2)).entries()) {
      for (let k = 0; k < classes; k++) {
        assertNear(sum(explanation.pointsFor(k)), wanted(image, k));
        const [evidence] = explanation.evidenceFor(k);
        assertNear(evidence!.score, wanted(image, k));
        assertNear(sum(evidence!.map) / 6, wanted(image, k));
        assert.deepEqual(explanation.unitsOf(k).map(({ id }) => id), channels[k]);
      }
    }
  }));
});

Deno.test("camChannels() takes those with the largest weight x mean activation", () => {
  const weights = Float32Array.of(1, 2, -3, 0.5, 1, 1);
  const means = Float64Array.of(1, 0.1, 9, 4, 0, 1);
  assert.deepEqual(camChannels(weights, means, 2, 2), [[0, 1], [0, 2]]);
});

Deno.test("partPoolModel() decomposes logits exactly, part by part and cell by cell", async () => {
  await fc.assert(fc.asyncProperty(seeds, fc.boolean(), async (seed, global) => {
    const [classes, parts, depth] = [2, 3, 4];
    const pooled = parts + (global ? 1 : 0);
    const features = drawMaps(seed, 1, depth);
    const attention = drawMaps(seed + 1, 1, parts);
    const weights = draw(seed + 2, classes * pooled * depth);
    const head: PartPoolHead = { classes, parts, depth, global, weights };
    const pool = (at: number, d: number) =>
      sum(
        Array.from({ length: 6 }, (_, cell) =>
          features.data[d * 6 + cell]! * (at < parts ? attention.data[at * 6 + cell]! : 1 / 6)),
      );
    const model = partPoolModel(
      head,
      () => Promise.resolve({ logits: new Float32Array(2), features, attention }),
    );
    const [explanation] = await model.explain(new Float32Array(1), 1);
    for (let k = 0; k < classes; k++) {
      const wanted = Array.from(
        { length: pooled * depth },
        (_, at) => weights[k * pooled * depth + at]! * pool(Math.floor(at / depth), at % depth),
      );
      assertNear(sum(explanation!.pointsFor(k)), sum(wanted));
      assertNear(sum(explanation!.evidenceFor(k).flatMap(({ map }) => [...map])), sum(wanted));
    }
    assert.equal(explanation!.unitsOf(0).length, parts);
    assert.equal(explanation!.peaks().cells.length, pooled);
  }));
});

Deno.test("prototypeModel() gives the prototypes of a class, whatever their order in the layer", () => {
  fc.assert(fc.property(seeds, (seed) => {
    const layer: PrototypeLayer = {
      classes: 2,
      depth: 3,
      vectors: draw(seed, 12),
      classOf: Int32Array.of(0, 0, 1, 1),
      weights: Float32Array.of(1, 1, -0.5, -0.5, -0.5, -0.5, 1, 1),
      similarity: "log",
    };
    const swapped = layer.vectors.slice();
    swapped.set(layer.vectors.subarray(0, 3), 3);
    swapped.set(layer.vectors.subarray(3, 6), 0);
    const output = { logits: Float32Array.of(1, 2), maps: drawMaps(seed, 1, 3) };
    const one = explainPrototypes(layer, output, 0);
    const other = explainPrototypes({ ...layer, vectors: swapped }, output, 0);
    const without = ({ map, score, weight }: ReturnType<typeof one.unitsOf>[number]) => ({
      map,
      score,
      weight,
    });
    assert.deepEqual(one.unitsOf(0).map(without), other.unitsOf(0).map(without).reverse());
    assertNear(sum(one.pointsFor(0)), sum(other.pointsFor(0)));
    assert.deepEqual(
      one.peaks().scores,
      one.pointsFor(0).map((points, p) => p < 2 ? points : -2 * points),
    );
  }));
});

Deno.test("prototypeModel() calls those prototypes relevant that argue for some class", () => {
  const layer: PrototypeLayer = {
    classes: 2,
    depth: 1,
    vectors: Float32Array.of(0, 0.5, 1),
    classOf: Int32Array.of(0, 0, 1),
    weights: Float32Array.of(1, 1e-6, -0.5, -0.5, -0.5, 1),
    similarity: "log",
  };
  const model = prototypeModel(layer, () => Promise.reject(new Error("not run")));
  assert.deepEqual(model.relevant, [0, 2]);
});

Deno.test("predictedClass() is the first of the largest logits", () => {
  const explanation = { logits: Float32Array.of(1, 3, 3) } as Parameters<typeof predictedClass>[0];
  assert.equal(predictedClass(explanation), 1);
});
