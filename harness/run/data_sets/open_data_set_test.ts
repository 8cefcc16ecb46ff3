import assert from "node:assert/strict";
import { RunError } from "../../base/mod.ts";
import { sharedTest } from "../../base/shared_data.ts";
import { fileURLToPath } from "node:url";
import { openDataSet } from "./open_data_set.ts";

const PREPROCESSING = { shortSide: null, crop: 32, mean: [0, 0, 0], std: [1, 1, 1] };

Deno.test("openDataSet() opens every set without reading it", () => {
  const sets = [
    openDataSet({ set: "imagenette", split: "val" }, "absent", 1),
    openDataSet({ set: "cifar10", split: "test", preprocessing: PREPROCESSING }, "absent", 1),
    openDataSet(
      {
        set: "mnist",
        split: "test",
        by: "all",
        veil: false,
        luminance: 2,
        preprocessing: PREPROCESSING,
      },
      "absent",
      1,
    ),
    openDataSet(
      {
        set: "objects",
        size: 32,
        objects: 40,
        views: 100,
        veil: true,
        testShare: 0.2,
        preprocessing: PREPROCESSING,
      },
      "absent",
      1,
    ),
    openDataSet(
      {
        set: "birds",
        size: 64,
        classes: 50,
        trainPerClass: 100,
        validationPerClass: 10,
        testPerClass: 20,
        spurious: 0.25,
        preprocessing: PREPROCESSING,
      },
      "absent",
      1,
    ),
  ];
  assert.deepEqual(sets.map(({ title }) => title), [
    "Imagenette, ILSVRC training images",
    "CIFAR-10",
    "MNIST*, luminance up to 2",
    "objects, 40 with 100 views, 32 pixels, veiled",
    "birds of 50 classes, 64 pixels, flowers of the class in 25 % of the backgrounds",
  ]);
  assert.deepEqual(sets.map(({ training }) => training !== undefined), [
    false,
    true,
    true,
    true,
    true,
  ]);
});

Deno.test("openDataSet() says which command brings CIFAR-10 when its images are asked for", async () => {
  const set = openDataSet(
    { set: "cifar10", split: "test", preprocessing: PREPROCESSING },
    "absent",
    1,
  );
  const brings = (error: unknown) =>
    error instanceof RunError && error.message.includes('"deno task fetch cifar10" brings it');
  const [group] = await set.groups(100, 0);
  assert.equal(group!.names.length, 100);
  await assert.rejects(() => group!.read(0), brings);
  const training = await set.training!(0);
  assert.equal(training.size, 50_000);
  await assert.rejects(() => training.load([]), brings);
});

Deno.test("openDataSet() refuses more images of CIFAR-10 than there are", async () => {
  const set = openDataSet(
    { set: "cifar10", split: "test", preprocessing: PREPROCESSING },
    "absent",
    1,
  );
  await assert.rejects(
    () => set.groups(10_001, 0),
    new RunError("CIFAR-10 test: 10000 images, wanted at least 10001"),
  );
});

sharedTest("openDataSet() gives one group for each class of Imagenette", async (shared) => {
  const classes = ["n01440764", "n02102040"];
  const set = openDataSet({ set: "imagenette", split: "train", classes }, fileURLToPath(shared), 1);
  const groups = await set.groups(30, 0);
  assert.deepEqual(groups.map(({ id }) => id), classes);
  assert.equal((await groups[0]!.read(0)).channels, 3);
});
