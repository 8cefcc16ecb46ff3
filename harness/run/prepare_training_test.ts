import assert from "node:assert/strict";
import { imageAt } from "../../datasets/mod.ts";
import { UsageError } from "../base/mod.ts";
import type { TrainingImages } from "../train/mod.ts";
import type { TrainingSet } from "./data_sets/mod.ts";
import { prepareTraining } from "./prepare_training.ts";
import { halvesSet, RECIPE } from "./testdata/halves_set.ts";

function prepare(
  recipe: Partial<typeof RECIPE> = {},
  { seed = 1, set = halvesSet() }: { seed?: number; set?: TrainingSet } = {},
) {
  return prepareTraining({ training: { ...RECIPE, ...recipe }, set, seed });
}

/** Every image's name with its label. */
function labelled({ images }: TrainingImages): string[] {
  return Array.from(images.names, (name, at) => `${name} ${images.labels[at]}`);
}

const { train: WHOLE, test: TEST } = await halvesSet().load([]);

Deno.test("prepareTraining() gives all images when the recipe wants no others", async () => {
  assert.deepEqual(await prepare(), { train: WHOLE, validation: null, test: TEST });
});

Deno.test("prepareTraining() draws some images by the seed, with their pixels and luminance", async () => {
  const luminance = Float64Array.from(WHOLE.images.labels.keys());
  const set: TrainingSet = {
    ...halvesSet(),
    load: () => Promise.resolve({ train: { ...WHOLE, luminance }, test: TEST }),
  };
  const [a, b, c] = [
    await prepare({ trainImages: 20 }, { set }),
    await prepare({ trainImages: 20 }, { set }),
    await prepare({ trainImages: 20 }, { set, seed: 2 }),
  ];
  assert.deepEqual(a, b);
  assert.notDeepEqual(a.train.images.names, c.train.images.names);
  assert.equal(new Set(a.train.images.names).size, 20);
  for (const [at, name] of a.train.images.names.entries()) {
    const member = WHOLE.images.names.indexOf(name);
    assert.equal(a.train.images.labels[at], WHOLE.images.labels[member]);
    assert.deepEqual(imageAt(a.train.images, at), imageAt(WHOLE.images, member));
    assert.equal(a.train.luminance![at], member);
  }
  assert.deepEqual(a.test, TEST);
});

Deno.test("prepareTraining() refuses to draw more images than there are", () =>
  assert.rejects(
    () => prepare({ trainImages: 65 }),
    new UsageError("trainImages: found 65, wanted at most 64, the set's size"),
  ));

Deno.test("prepareTraining() shuffles the labels of training images, never of test images", async () => {
  const { train, test } = await prepare({ labels: "shuffled" });
  assert.deepEqual(train.images.names, WHOLE.images.names);
  assert.deepEqual(train.images.pixels, WHOLE.images.pixels);
  assert.notDeepEqual(train.images.labels, WHOLE.images.labels);
  assert.deepEqual([...train.images.labels].sort(), [...WHOLE.images.labels].sort());
  assert.deepEqual(test, TEST);
});

Deno.test("prepareTraining() draws a share of the training labels anew, never of test images", async () => {
  const labelNoise = 0.5;
  const { train, validation, test } = await prepare({ labelNoise, validationShare: 0.25 });
  const { train: whole } = await prepare({ labelNoise });
  assert.deepEqual([...labelled(train), ...labelled(validation!)].sort(), labelled(whole).sort());
  const changed = labelled(whole).filter((image) => !labelled(WHOLE).includes(image));
  // Of 32 new labels half are right by chance: mean 16, standard deviation about 2.8.
  assert.ok(changed.length > 16 - 4 * 2.9 && changed.length < 16 + 4 * 2.9);
  assert.deepEqual(test, TEST);
});

Deno.test("prepareTraining() holds out a share of each class for validation", async () => {
  const { train, validation, test } = await prepare({ validationShare: 0.25 });
  assert.deepEqual(
    [...labelled(train), ...labelled(validation!)].sort(),
    labelled(WHOLE).sort(),
  );
  for (const label of [0, 1]) {
    const count = ({ images }: TrainingImages) =>
      images.labels.filter((other) => other === label).length;
    assert.equal(count(validation!), Math.round(count(WHOLE) / 4));
  }
  assert.deepEqual(test, TEST);
});

Deno.test("prepareTraining() holds out images with their shuffled labels", async () => {
  const { train } = await prepare({ labels: "shuffled" });
  const parts = await prepare({ labels: "shuffled", validationShare: 0.25 });
  assert.deepEqual(
    [...labelled(parts.train), ...labelled(parts.validation!)].sort(),
    labelled(train).sort(),
  );
});

Deno.test("prepareTraining() validates on images as tests show them, not as augmentation wants them", async () => {
  const recipe = {
    augmentation: [{ kind: "veil" as const }],
    validationShare: 0.25,
    trainImages: 40,
  };
  const { train, validation } = await prepare(recipe);
  assert.equal(train.images.labels.length + validation!.images.labels.length, 40);
  const bare = (await halvesSet().load([{ kind: "veil" }])).train.images;
  assert.notDeepEqual(bare.pixels, WHOLE.images.pixels);
  for (
    const [part, source] of [[train.images, bare], [validation!.images, WHOLE.images]] as const
  ) {
    for (const [at, name] of part.names.entries()) {
      assert.deepEqual(imageAt(part, at), imageAt(source, source.names.indexOf(name)));
    }
  }
});

Deno.test("prepareTraining() refuses to hold out images with added luminance", () => {
  const luminance = new Float64Array(64);
  const set: TrainingSet = {
    ...halvesSet(),
    load: () => Promise.resolve({ train: { ...WHOLE, luminance }, test: TEST }),
  };
  return assert.rejects(
    () => prepare({ validationShare: 0.25 }, { set }),
    new UsageError("validationShare: wanted 0 for images with added luminance"),
  );
});

Deno.test("prepareTraining() takes a set's own validation images and holds out no others", async () => {
  const set: TrainingSet = {
    ...halvesSet(),
    load: () => Promise.resolve({ train: WHOLE, validation: TEST, test: TEST }),
  };
  assert.deepEqual(await prepare({}, { set }), { train: WHOLE, validation: TEST, test: TEST });
  await assert.rejects(
    () => prepare({ validationShare: 0.25 }, { set }),
    new UsageError(
      "validationShare: found 0.25, wanted 0 for a set with validation images of its own",
    ),
  );
});
