import assert from "node:assert/strict";
import { objectRegion } from "../../datasets/part_truth.ts";
import { randomStream } from "../base/mod.ts";
import { assertClose } from "../stats/testdata/assert_close.ts";
import { backgroundIndependence } from "./background_independence.ts";
import { completenessOf } from "./completeness.ts";
import { contrastivityOf, correctnessOf } from "./correctness.ts";
import { drawContrastPair } from "./contrast_pair.ts";
import type { Unit } from "./explained_model.ts";
import { measureInterventions } from "./measure_interventions.ts";
import type { InterventionSource, Removal } from "./intervention_source.ts";
import { explanationOf, modelOf, square, truthOf } from "./testdata/hand_made.ts";

const SIZE = 32;

/** Four parts in the corners of 4 x 4 cells; classes 1 and 2 each share two parts with class 0. */
const VARIANTS = [[0, 0, 0, 0], [0, 0, 1, 1], [1, 1, 0, 0]];
const PART_CELLS = [0, 3, 12, 15];
const OBJECT = 5;
const TRUTH = truthOf(SIZE, [
  square(0, 0, 8),
  square(24, 0, 8),
  square(0, 24, 8),
  square(24, 24, 8),
]);
TRUTH.regions.data.fill(objectRegion(OBJECT), 16 * SIZE + 12, 16 * SIZE + 20);

/** Images are the variants they show, -1 for a part that was removed, and 1 for the object. */
const SOURCE: InterventionSource = {
  images: 2,
  size: SIZE,
  variants: VARIANTS,
  sufficientSets: [[[0, 2], [0, 3], [1, 2], [1, 3]], [[0, 2]], [[0, 2]]],
  labelOf: () => 0,
  truthOf: () => TRUTH,
  objectsOf: () => [OBJECT],
  render: (_image, { parts, object }: Removal) =>
    Float32Array.from([
      ...VARIANTS[0]!.map((variant, at) => parts.includes(at) ? -1 : variant),
      object === OBJECT ? 0 : 1,
    ]),
};

/** How much each part weighs. */
const PART_POINTS = [4, 3, 2, 1];

/**
 * A model that adds the points of the parts with a class's variant. It tells the truth about it, or, as a
 * liar, explains each class by the parts it does not have, the least weighty first.
 */
function adder(honest: boolean, objectPoints: number) {
  return modelOf(3, 4, (pixels) => {
    const points = (label: number, at: number) =>
      pixels[at] === VARIANTS[label]![at] ? PART_POINTS[at]! : 0;
    const units = VARIANTS.map((_, label) =>
      PART_CELLS.map((cell, at): Unit => {
        const told = honest ? points(label, at) : PART_POINTS[at]! / 4 - points(label, at);
        const map = new Float64Array(16);
        map[cell] = told;
        return { id: at, map, score: told, weight: 1 };
      })
    );
    const logits = VARIANTS.map((_, label) =>
      PART_POINTS.reduce((sum, _p, at) => sum + points(label, at), objectPoints * pixels[4]!)
    );
    return explanationOf(4, logits, units);
  });
}

const OPTIONS = { batch: 3, random: (image: number) => randomStream(7, "contrast", image) };

Deno.test("measureInterventions() finds an honest explanation correct and contrastive", async () => {
  const found = await measureInterventions(adder(true, 0), SOURCE, {
    ...OPTIONS,
    conventions: ["boxes", "maps"],
  });
  for (const [convention, records] of found) {
    assert.equal(records.length, 2);
    assert.equal(records[0]!.predicted, 0);
    assert.deepEqual(records[0]!.drops.map(({ drop }) => drop), [4, 3, 2, 1, 0], convention);
    assertClose(correctnessOf(records).mean!, 1, 1e-12, convention);
    assert.equal(contrastivityOf(records).mean, 1, convention);
    assert.equal(backgroundIndependence(records).mean, 1, convention);
    const best = completenessOf(records, SOURCE.sufficientSets);
    assert.deepEqual([best.csdc.mean, best.pc.mean], [1, 1], convention);
  }
});

Deno.test("measureInterventions() finds a lying explanation incorrect and not contrastive", async () => {
  const found = await measureInterventions(adder(false, 0), SOURCE, {
    ...OPTIONS,
    conventions: ["maps"],
  });
  const records = found.get("maps")!;
  assertClose(correctnessOf(records).mean!, 0, 1e-12);
  assert.equal(contrastivityOf(records).mean, 0);
});

Deno.test("measureInterventions() sees a model that depends on a background object", async () => {
  const found = await measureInterventions(adder(true, 2), SOURCE, {
    ...OPTIONS,
    conventions: ["maps"],
  });
  assert.equal(backgroundIndependence(found.get("maps")!).mean, 0);
});

Deno.test("measureInterventions() shows the model each rendering once, in batches", async () => {
  const seen: string[] = [];
  const sizes: number[] = [];
  const model = adder(true, 0);
  let images = 0;
  await measureInterventions(
    {
      ...model,
      explain(pixels, count) {
        sizes.push(count);
        for (let at = 0; at < count; at++) seen.push(pixels.subarray(5 * at, 5 * at + 5).join());
        return model.explain(pixels, count);
      },
    },
    { ...SOURCE, images: 1 },
    { ...OPTIONS, conventions: ["boxes", "maps"], onImage: () => images++ },
  );
  assert.equal(new Set(seen).size, seen.length);
  assert.ok(seen.length >= 8 && Math.max(...sizes) === 3);
  assert.equal(images, 1);
});

Deno.test("measureInterventions() skips contrast where the model does not tell classes apart", async () => {
  const constant = modelOf(3, 0, () => explanationOf(4, [3, 2, 1], [[], [], []]));
  const found = await measureInterventions(constant, SOURCE, { ...OPTIONS, conventions: ["maps"] });
  const records = found.get("maps")!;
  assert.equal(records[0]!.contrast, null);
  assert.ok(records[0]!.outcomes.every(({ important }) => important.parts.length === 0));
  assert.ok(records[0]!.outcomes.every(({ preserved, deleted }) => preserved && !deleted));
});

Deno.test("measureInterventions() leaves parts out that are not visible", async () => {
  const points = TRUTH.points.map((point, at) => ({ ...point, visible: at !== 1 }));
  const found = await measureInterventions(adder(true, 0), {
    ...SOURCE,
    truthOf: () => ({ ...TRUTH, points }),
  }, { ...OPTIONS, conventions: ["boxes"] });
  const [record] = found.get("boxes")!;
  assert.deepEqual(record!.drops.map(({ kind, id }) => [kind, id]), [
    ["part", 0],
    ["part", 2],
    ["part", 3],
    ["object", OBJECT],
  ]);
  assert.equal(record!.contrast, null, "the pair's shared parts cannot all be seen");
});

Deno.test("measureInterventions() refuses truths without regions and renderings of another size", async () => {
  const options = { ...OPTIONS, conventions: ["maps"] as const };
  const pointsOnly = { ...SOURCE, truthOf: () => ({ ...TRUTH, regions: null }) };
  await assert.rejects(
    measureInterventions(adder(true, 0), pointsOnly, options),
    /found no regions/,
  );
  const uneven = {
    ...SOURCE,
    render: (image: number, removal: Removal) =>
      removal.parts.includes(1) ? new Float32Array(7) : SOURCE.render(image, removal),
  };
  await assert.rejects(measureInterventions(adder(true, 0), uneven, options), /7 pixels|5 pixels/);
});

Deno.test("drawContrastPair() wants two classes with two other shared parts each", () => {
  const visible = new Set([0, 1, 2, 3]);
  const pair = drawContrastPair(VARIANTS, 0, visible, randomStream(1));
  assert.deepEqual(pair, [{ label: 1, parts: [0, 1] }, { label: 2, parts: [2, 3] }]);
  assert.equal(drawContrastPair(VARIANTS, 1, visible, randomStream(1)), null);
  assert.equal(drawContrastPair(VARIANTS, 0, new Set([0, 1, 2]), randomStream(1)), null);
});
