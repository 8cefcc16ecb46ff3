import assert from "node:assert/strict";
import { shift } from "../../datasets/augment/mod.ts";
import { RunError, UsageError } from "../base/mod.ts";
import { imageBatch, type TrainingImages, writeImage } from "./image_batches.ts";
import { halves, halvesNetwork } from "./testdata/halves.ts";
import { TARGETS, trainingForm } from "./training_form.ts";

const SOURCE = halves(10, 1);
const SHIFT = shift({ width: 4, height: 4, channels: 1 }, 2);
const SEED = { seed: 7, epoch: 2 };

function formOf(batch: number) {
  return trainingForm(halvesNetwork({ dropout: true }), { batch, image: [1, 4, 4] });
}

function pixelsOf(batch: ReturnType<typeof imageBatch>, at: number): number[] {
  return [...batch["images"]!.data.subarray(16 * at, 16 * (at + 1))];
}

Deno.test("imageBatch() gives normalised images and one-hot classes in the order asked for", () => {
  const batch = imageBatch(formOf(3), SOURCE, Int32Array.of(4, 0, 9), null, SEED);
  assert.deepEqual(Object.keys(batch), ["images", TARGETS, "drop/mask"]);
  assert.deepEqual(batch["images"]!.dims, [3, 1, 4, 4]);
  assert.deepEqual(batch[TARGETS]!.dims, [3, 2]);
  for (const [at, member] of [4, 0, 9].entries()) {
    const bytes = SOURCE.images.pixels.subarray(16 * member, 16 * (member + 1));
    const wanted = [...bytes].map((byte) => (byte / 255 - 0.5) / 0.25);
    for (const [i, value] of pixelsOf(batch, at).entries()) {
      assert.ok(Math.abs(value - wanted[i]!) < 1e-6);
    }
    const label = SOURCE.images.labels[member]!;
    assert.deepEqual([...batch[TARGETS]!.data.subarray(2 * at, 2 * at + 2)], [1 - label, label]);
  }
});

Deno.test("imageBatch() changes no image of the source", () => {
  const before = SOURCE.images.pixels.slice();
  imageBatch(formOf(3), SOURCE, Int32Array.of(4, 0, 9), SHIFT, SEED);
  assert.deepEqual(SOURCE.images.pixels, before);
});

Deno.test("imageBatch() augments an image in the same way whatever batch it is in", () => {
  const one = imageBatch(formOf(3), SOURCE, Int32Array.of(4, 0, 9), SHIFT, SEED);
  const other = imageBatch(formOf(2), SOURCE, Int32Array.of(9, 4), SHIFT, SEED);
  assert.deepEqual(pixelsOf(one, 0), pixelsOf(other, 1));
  assert.deepEqual(pixelsOf(one, 2), pixelsOf(other, 0));
});

Deno.test("imageBatch() augments and drops in other ways in another epoch or with another seed", () => {
  const members = Int32Array.from({ length: 10 }, (_, at) => at);
  const form = formOf(10);
  const batches = [SEED, { ...SEED, epoch: 3 }, { ...SEED, seed: 8 }].map((seed) =>
    imageBatch(form, SOURCE, members, SHIFT, seed)
  );
  for (const input of ["images", "drop/mask"]) {
    const [a, b, c] = batches.map((batch) => [...batch[input]!.data]);
    assert.notDeepEqual(a, b);
    assert.notDeepEqual(a, c);
    assert.notDeepEqual(b, c);
  }
});

Deno.test("imageBatch() drops in other ways in another batch", () => {
  const form = formOf(2);
  const [a, b] = [[1, 2], [3, 4]].map((members) =>
    imageBatch(form, SOURCE, Int32Array.from(members), null, SEED)["drop/mask"]!
  );
  assert.notDeepEqual(a!.data, b!.data);
  assert.deepEqual(a!.dims, [2, 64]);
  assert.deepEqual([...new Set(a!.data)].sort(), [0, 2]);
});

Deno.test("imageBatch() refuses labels that are no classes of the network", () => {
  for (const label of [-1, 2]) {
    const labels = SOURCE.images.labels.with(4, label);
    const source = { ...SOURCE, images: { ...SOURCE.images, labels } };
    assert.throws(
      () => imageBatch(formOf(2), source, Int32Array.of(3, 4), null, SEED),
      new RunError(`image "half-4": label ${label}, wanted 0 to 1`),
    );
  }
});

Deno.test("imageBatch() refuses a preprocessing for images of another size", () => {
  const wrong = [
    { ...SOURCE.preprocessing, shortSide: 5, crop: 5 },
    { ...SOURCE.preprocessing, mean: [0, 0, 0], std: [1, 1, 1] },
  ];
  for (const preprocessing of wrong) {
    assert.throws(
      () => imageBatch(formOf(1), { ...SOURCE, preprocessing }, Int32Array.of(3), null, SEED),
      new UsageError(
        `preprocessing: found crop ${preprocessing.crop} and ${preprocessing.mean.length} means, ` +
          "wanted those of images of 4 x 4 pixels with 1 channels",
      ),
    );
  }
});

Deno.test("writeImage() adds the luminance of the image in units where white is 1", () => {
  const source: TrainingImages = {
    images: {
      width: 1,
      height: 1,
      channels: 3,
      classes: ["a"],
      labels: Int32Array.of(0, 0),
      names: ["x", "y"],
      pixels: Uint8Array.of(0, 0, 0, 255, 0, 51),
    },
    preprocessing: { shortSide: null, crop: 1, mean: [0, 0.5, 0], std: [1, 0.5, 0.25] },
    luminance: Float64Array.of(100, 2),
  };
  const target = new Float32Array(5).fill(9);
  writeImage(source, 1, source.images.pixels.subarray(3), target, 1);
  // (255 / 255 + 2) / 1, (0 - 0.5 + 2) / 0.5 and (51 / 255 + 2) / 0.25.
  assert.deepEqual([...target], [9, 3, 3, Math.fround(8.8), 9]);
});
