import assert from "node:assert/strict";
import fc from "fast-check";
import { randomStream } from "../base/mod.ts";
import { activationsOf, similarityMap } from "./activations.ts";
import { ensembleLogits } from "./ensemble.ts";
import type { LatentMaps, PrototypeLayer } from "./prototype_layer.ts";
import { misassignedPrototypes, pointsGap, rankedClasses, scoringSheet } from "./scoring_sheet.ts";

/** A layer with weights +1 / -0.5 and one image of 3 x 3 cells. */
function randomCase(seed: number): { layer: PrototypeLayer; maps: LatentMaps } {
  const random = randomStream(seed);
  const draw = (length: number) => Float32Array.from({ length }, () => random.uniform());
  const [classes, perClass, depth] = [5, 4, 16];
  const classOf = Int32Array.from(
    { length: classes * perClass },
    (_, p) => Math.floor(p / perClass),
  );
  const weights = Float32Array.from(
    { length: classes * classOf.length },
    (_, at) => classOf[at % classOf.length] === Math.floor(at / classOf.length) ? 1 : -0.5,
  );
  const vectors = draw(classOf.length * depth);
  return {
    layer: { classes, depth, vectors, classOf, weights, similarity: "log" },
    maps: { count: 1, depth, height: 3, width: 3, data: draw(depth * 9) },
  };
}

/** Logits as a graph computes them: everything rounded to float32. */
function float32Logits(layer: PrototypeLayer, maps: LatentMaps): Float32Array {
  const similarities = activationsOf(layer, maps, 0).map(({ distance }) => {
    const d = Math.fround(distance);
    return Math.fround(Math.log(Math.fround(Math.fround(d + 1) / Math.fround(d + 1e-4))));
  });
  return Float32Array.from({ length: layer.classes }, (_, k) =>
    similarities.reduce(
      (sum, s, p) =>
        Math.fround(sum + Math.fround(s * layer.weights[k * similarities.length + p]!)),
      0,
    ));
}

Deno.test("scoringSheet() adds up to the float32 logit, negative connections included", () => {
  fc.assert(fc.property(fc.integer({ min: 0 }), (seed) => {
    const { layer, maps } = randomCase(seed);
    const logits = float32Logits(layer, maps);
    const activations = activationsOf(layer, maps, 0);
    for (const [label, logit] of logits.entries()) {
      const sheet = scoringSheet(layer, activations, label);
      assert.ok(pointsGap(sheet, logit).absolute < 1e-5);
      assert.ok(pointsGap(sheet, logit).relative <= pointsGap(sheet, logit).absolute);
      assert.equal(sheet.own.length, 4);
      assert.equal(sheet.others.length, 16);
    }
  }));
});

Deno.test("scoringSheet() of untrained connections is own - 0.5 x others", () => {
  const { layer, maps } = randomCase(3);
  const activations = activationsOf(layer, maps, 0);
  const sum = (own: boolean) =>
    activations.filter(({ label }) => (label === 2) === own)
      .reduce((total, { similarity }) => total + similarity, 0);
  const { total, ownPoints } = scoringSheet(layer, activations, 2);
  assert.ok(Math.abs(total - (sum(true) - 0.5 * sum(false))) < 1e-12);
  assert.ok(Math.abs(ownPoints - sum(true)) < 1e-12);
});

Deno.test("scoringSheet() sorts the own rows by similarity", () => {
  const { layer, maps } = randomCase(4);
  const { own } = scoringSheet(layer, activationsOf(layer, maps, 0), 1);
  const similarities = own.map(({ similarity }) => similarity);
  assert.deepEqual(similarities, similarities.toSorted((a, b) => b - a));
  assert.ok(own.every(({ label, weight }) => label === 1 && weight === 1));
});

Deno.test("activationsOf() takes the maximum of the similarity map", () => {
  const { layer, maps } = randomCase(5);
  const activations = activationsOf(layer, maps, 0);
  for (const { prototype, cell, similarity } of activations) {
    const map = similarityMap(layer, maps, 0, prototype);
    assert.equal(map[cell], similarity);
    assert.equal(Math.max(...map), similarity);
  }
});

Deno.test("misassignedPrototypes() names those that argue most for another class", () => {
  const { layer } = randomCase(6);
  assert.deepEqual(misassignedPrototypes(layer), []);
  const weights = layer.weights.slice();
  weights[3 * 20 + 7] = 1.5;
  assert.deepEqual(misassignedPrototypes({ ...layer, weights }), [7]);
});

Deno.test("rankedClasses() puts the prediction first, equal classes by number", () => {
  assert.deepEqual(rankedClasses(Float32Array.of(1, 3, -2, 3)), [1, 3, 0, 2]);
});

Deno.test("ensembleLogits() of one is that network, of several their sum", () => {
  const logits = Object.freeze([Float32Array.of(0.1, -2), Float32Array.of(3, 0.7)]);
  assert.deepEqual(ensembleLogits(logits.slice(0, 1)), logits[0]);
  assert.deepEqual(
    ensembleLogits(logits),
    Float32Array.of(Math.fround(0.1) + 3, Math.fround(0.7) - 2),
  );
  assert.throws(() => ensembleLogits([]), /found no network/);
  assert.throws(() => ensembleLogits([logits[0]!, new Float32Array(3)]), /found 2 and 3 logits/);
});
