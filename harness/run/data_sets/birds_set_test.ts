import assert from "node:assert/strict";
import { imageAt } from "../../../datasets/mod.ts";
import { RunError } from "../../base/mod.ts";
import { birdsSet } from "./birds_set.ts";

const SPEC: Parameters<typeof birdsSet>[0] = {
  set: "birds",
  size: 32,
  classes: 20,
  trainPerClass: 3,
  validationPerClass: 1,
  testPerClass: 2,
  spurious: 0,
  preprocessing: { shortSide: null, crop: 32, mean: [0, 0, 0], std: [1, 1, 1] },
};

async function trainingOf(changes: Partial<typeof SPEC> = {}, seed = 1, replicate = 0) {
  return await birdsSet({ ...SPEC, ...changes }, seed).training!(replicate);
}

const SET = await trainingOf();
const LOADED = await SET.load([]);

Deno.test("birdsSet() trains, validates and tests on images of their own", () => {
  const { train, validation, test } = LOADED;
  const sets = [train, validation!, test];
  assert.equal(SET.size, 60);
  assert.deepEqual(sets.map(({ images }) => images.labels.length), [60, 20, 40]);
  const all = sets.flatMap(({ images }) => images.names);
  assert.equal(new Set(all).size, 120);
  const pixels = sets.flatMap(({ images }) =>
    Array.from(images.labels.keys(), (at) => imageAt(images, at).join())
  );
  assert.equal(new Set(pixels).size, 120);
  const { width, height, channels } = train.images;
  assert.deepEqual({ width, height, channels }, SET.shape);
});

Deno.test("birdsSet() knows the parts of each image by its name", () => {
  const { train, validation, test, parts } = LOADED;
  assert.deepEqual(parts!.names, ["beak", "eye", "crest", "wing", "tail", "leg"]);
  for (const name of [...validation!.images.names, ...test.images.names]) {
    assert.ok(parts!.isComplete(name));
  }
  const incomplete = train.images.names.filter((name) => !parts!.isComplete(name));
  assert.ok(incomplete.length > 0 && incomplete.length < 60);
  for (const name of train.images.names) {
    const { points, regions } = parts!.truth(name);
    assert.equal(regions!.width, 32);
    if (!parts!.isComplete(name)) assert.ok(points.some(({ visible }) => !visible));
  }
  assert.throws(() => parts!.truth("bird"), RangeError);
  assert.throws(() => parts!.isComplete("bird"), RangeError);
});

Deno.test("birdsSet() profiles test images drawn at random", async () => {
  const [group, ...others] = await birdsSet(SPEC, 1).groups(30, 0);
  assert.equal(others.length, 0);
  assert.equal(group!.names.length, 30);
  const known = Array.from(
    LOADED.test.images.labels.keys(),
    (at) => imageAt(LOADED.test.images, at).join(),
  );
  const seen = new Set<string>();
  for (let at = 0; at < 30; at++) {
    const { data } = await group!.read(at);
    assert.ok(known.includes(data.join()));
    seen.add(data.join());
  }
  assert.equal(seen.size, 30);
  await assert.rejects(
    () => birdsSet(SPEC, 1).groups(41, 0),
    new RunError("birds test: 40 images, wanted at least 41"),
  );
});

Deno.test("birdsSet() has other birds of the same classes in each replicate", async () => {
  const [second, next] = [await trainingOf({}, 1, 1), await trainingOf({}, 2, 0)];
  assert.notEqual(SET.identity, second.identity);
  assert.equal(second.identity, next.identity);
  const [a, b] = [await second.load([]), await next.load([])];
  assert.deepEqual(a.train, b.train);
  assert.deepEqual(a.train.images.classes, LOADED.train.images.classes);
  assert.notDeepEqual(a.train.images.pixels, LOADED.train.images.pixels);
});

Deno.test("birdsSet() has another identity when its pixels are others", async () => {
  const identities = [
    await trainingOf(),
    await trainingOf({ size: 40 }),
    await trainingOf({ classes: 50 }),
    await trainingOf({ trainPerClass: 4 }),
    await trainingOf({ validationPerClass: 2 }),
    await trainingOf({ testPerClass: 3 }),
    await trainingOf({ spurious: 0.5 }),
    await trainingOf({ preprocessing: { ...SPEC.preprocessing, std: [1, 1, 2] } }),
  ].map(({ identity }) => identity);
  assert.equal(new Set(identities).size, identities.length);
});
