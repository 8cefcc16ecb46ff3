import assert from "node:assert/strict";
import { imageAt } from "../../../datasets/mod.ts";
import { objectsSet } from "./objects_set.ts";

const SPEC: Parameters<typeof objectsSet>[0] = {
  set: "objects",
  size: 8,
  objects: 3,
  views: 10,
  veil: true,
  testShare: 0.25,
  preprocessing: { shortSide: null, crop: 8, mean: [0, 0, 0], std: [1, 1, 1] },
};

async function trainingOf(changes: Partial<typeof SPEC> = {}, seed = 1, replicate = 0) {
  return await objectsSet({ ...SPEC, ...changes }, seed).training!(replicate);
}

Deno.test("objectsSet() tells how the veil came about, wherever there is one", () => {
  const sourceOf = (veil: boolean) => objectsSet({ ...SPEC, veil }, 1).source;
  assert.match(sourceOf(true), /no hump.* tuned on whether a hump appeared.* Tried there: /);
  assert.doesNotMatch(sourceOf(false), /veil/);
});

Deno.test("objectsSet() divides each object's images into those for training and for tests", async () => {
  const set = await trainingOf();
  const { train, test } = await set.load([]);
  // Of ten views 2.5 are held out: three.
  assert.equal(set.size, 21);
  assert.equal(train.images.labels.length, 21);
  assert.equal(test.images.labels.length, 9);
  assert.equal(new Set([...train.images.names, ...test.images.names]).size, 30);
  const { width, height, channels } = train.images;
  assert.deepEqual({ width, height, channels }, set.shape);
});

Deno.test("objectsSet() leaves training images bare for an augmentation that veils them", async () => {
  const set = await trainingOf();
  const fresh = await set.load([{ kind: "veil" }]);
  const ready = await set.load([]);
  const bare = await (await trainingOf({ veil: false })).load([]);
  assert.deepEqual(fresh.train, bare.train);
  assert.deepEqual(fresh.test, ready.test);
  assert.notDeepEqual(fresh.test.images.pixels, bare.test.images.pixels);
  assert.notDeepEqual(ready.train.images.pixels, bare.train.images.pixels);
  assert.deepEqual(ready.train.images.names, bare.train.images.names);
});

Deno.test("objectsSet() profiles images drawn at random from all, veiled as tests show them", async () => {
  const [group, ...others] = await objectsSet(SPEC, 1).groups(20, 0);
  assert.equal(others.length, 0);
  assert.equal(group!.names.length, 20);
  const { train, test } = await (await trainingOf()).load([]);
  const known = [train, test].flatMap(({ images }) =>
    Array.from(images.labels.keys(), (at) => imageAt(images, at).join())
  );
  const seen = new Set<string>();
  for (let at = 0; at < 20; at++) {
    const { width, height, channels, data } = await group!.read(at);
    assert.deepEqual([width, height, channels], [8, 8, 3]);
    assert.ok(known.includes(data.join()));
    seen.add(data.join());
    assert.equal(await group!.luminance!(at), 0);
  }
  assert.equal(seen.size, 20);
});

Deno.test("objectsSet() has other objects in each replicate, those of the next seed", async () => {
  const [first, second, next] = [
    await trainingOf(),
    await trainingOf({}, 1, 1),
    await trainingOf({}, 2, 0),
  ];
  assert.notEqual(first.identity, second.identity);
  assert.equal(second.identity, next.identity);
  assert.deepEqual(await second.load([]), await next.load([]));
  assert.notDeepEqual((await second.load([])).train, (await first.load([])).train);
  const digests = [];
  for (const [seed, replicate, samples] of [[1, 0, 20], [1, 1, 20], [1, 0, 19]] as const) {
    const [group] = await objectsSet(SPEC, seed).groups(samples, replicate);
    digests.push(await group!.digest());
  }
  assert.equal(new Set(digests).size, 3);
});

Deno.test("objectsSet() has another identity when its pixels are others", async () => {
  const identities = [
    await trainingOf(),
    await trainingOf({ veil: false }),
    await trainingOf({ size: 9 }),
    await trainingOf({ views: 11 }),
    await trainingOf({ testShare: 0.5 }),
  ].map(({ identity }) => identity);
  assert.equal(new Set(identities).size, identities.length);
});
