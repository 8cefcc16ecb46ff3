import assert from "node:assert/strict";
import { imageAt } from "../../../datasets/mod.ts";
import type { TrainingImages } from "../../train/mod.ts";
import type { LoadedTrainingSet } from "./data_set.ts";
import { mnistSet } from "./mnist_set.ts";

const PREPROCESSING = { shortSide: null, crop: 28, mean: [0.1307], std: [0.3081] };
const SPEC: Parameters<typeof mnistSet>[0] = {
  set: "mnist",
  split: "test",
  by: "all",
  veil: false,
  luminance: null,
  preprocessing: PREPROCESSING,
};

const known = new Map<string, Promise<LoadedTrainingSet>>();

/** The set without augmentation, loaded once. */
function loaded(changes: Partial<typeof SPEC>): Promise<LoadedTrainingSet> {
  const key = JSON.stringify(changes);
  const set = known.get(key) ?? load();
  known.set(key, set);
  return set;

  async function load() {
    return await (await mnistSet({ ...SPEC, ...changes }, 1).training!(0)).load([]);
  }
}

async function identityOf(changes: Partial<typeof SPEC>, seed = 1, replicate = 0) {
  return (await mnistSet({ ...SPEC, ...changes }, seed).training!(replicate)).identity;
}

function firstPixels({ images }: TrainingImages): number[] {
  return [...imageAt(images, 0)];
}

Deno.test("mnistSet() trains on the 60000 images and tests on the others", async () => {
  const set = await mnistSet(SPEC, 1).training!(0);
  const { train, test } = await loaded({});
  assert.equal(set.size, 60_000);
  assert.equal(train.images.labels.length, set.size);
  assert.equal(test.images.labels.length, 10_000);
  for (const { images, preprocessing, luminance } of [train, test]) {
    const { width, height, channels } = images;
    assert.deepEqual({ width, height, channels }, set.shape);
    assert.deepEqual(preprocessing, PREPROCESSING);
    assert.equal(luminance, null);
  }
});

Deno.test("mnistSet() profiles the first images of a split without changes", async () => {
  const [group, ...others] = await mnistSet(SPEC, 1).groups(30, 0);
  assert.equal(others.length, 0);
  assert.equal(group!.names.length, 30);
  const { test } = await loaded({});
  for (const at of [0, 29]) {
    assert.deepEqual((await group!.read(at)).data, imageAt(test.images, at));
    assert.equal(await group!.luminance?.(at) ?? 0, 0);
  }
});

Deno.test("mnistSet() adds the same luminance to a profiled image as to a test image", async () => {
  const changes = { luminance: 100 };
  const [group] = await mnistSet({ ...SPEC, ...changes }, 1).groups(30, 0);
  const { train, test } = await loaded(changes);
  for (let at = 0; at < 30; at++) {
    assert.equal(await group!.luminance!(at), test.luminance![at]);
    assert.ok(test.luminance![at]! >= 0 && test.luminance![at]! <= 100);
  }
  assert.equal(train.luminance!.length, 60_000);
  assert.notDeepEqual(train.luminance!.slice(0, 30), test.luminance!.slice(0, 30));
  const [other] = await mnistSet({ ...SPEC, ...changes }, 2).groups(30, 0);
  assert.notEqual(await other!.luminance!(0), test.luminance![0]);
});

Deno.test("mnistSet() lays the same veil over a profiled image as over a test image", async () => {
  const changes = { veil: true };
  const [group] = await mnistSet({ ...SPEC, ...changes }, 1).groups(30, 0);
  const { test } = await loaded(changes);
  const { test: bare } = await loaded({});
  for (const at of [0, 29]) {
    assert.deepEqual((await group!.read(at)).data, imageAt(test.images, at));
    assert.notDeepEqual(imageAt(test.images, at), imageAt(bare.images, at));
  }
});

Deno.test("mnistSet() leaves training images bare for an augmentation that veils them", async () => {
  const set = await mnistSet({ ...SPEC, veil: true }, 1).training!(0);
  const fresh = await set.load([{ kind: "veil" }]);
  const ready = await loaded({ veil: true });
  const { train: bare } = await loaded({});
  assert.deepEqual(firstPixels(fresh.train), firstPixels(bare));
  assert.notDeepEqual(firstPixels(ready.train), firstPixels(bare));
  assert.deepEqual(firstPixels(fresh.test), firstPixels(ready.test));
});

Deno.test("mnistSet() has another identity when its pixels or numbers are others", async () => {
  const same = await identityOf({});
  assert.equal(await identityOf({ split: "train", by: "digit" }), same);
  const others = [
    await identityOf({ luminance: 1 }),
    await identityOf({ luminance: 2 }),
    await identityOf({ luminance: 2 }, 2),
    await identityOf({ luminance: 2 }, 2, 1),
    await identityOf({ veil: true }),
    await identityOf({ preprocessing: { ...PREPROCESSING, std: [1] } }),
  ];
  assert.equal(new Set([same, ...others]).size, others.length + 1);
  const digestOf = async (changes: Partial<typeof SPEC>, seed: number) =>
    await (await mnistSet({ ...SPEC, ...changes }, seed).groups(30, 0))[0]!.digest();
  const digests = [
    await digestOf({}, 1),
    await digestOf({ luminance: 1 }, 1),
    await digestOf({ luminance: 1 }, 2),
    await digestOf({ veil: true }, 1),
  ];
  assert.equal(new Set(digests).size, digests.length);
});
