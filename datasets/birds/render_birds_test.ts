import assert from "node:assert/strict";
import { UsageError } from "../../harness/base/mod.ts";
import { imageAt } from "../labelled_images.ts";
import { type BirdsOptions, renderBirds } from "./render_birds.ts";
import { renderScene } from "./render_scene.ts";

const OPTIONS: BirdsOptions = {
  seed: 3,
  size: 32,
  classes: 20,
  split: "train",
  perClass: 3,
  spurious: 0,
};
const BIRDS = renderBirds(OPTIONS);

Deno.test("renderBirds() returns labelled images, class by class", () => {
  const { images } = BIRDS;
  assert.equal(images.pixels.length, 60 * 32 * 32 * 3);
  assert.deepEqual([...images.labels], Array.from({ length: 60 }, (_, at) => Math.floor(at / 3)));
  assert.deepEqual(images.names.slice(22, 25), ["train-07-0001", "train-07-0002", "train-08-0000"]);
  assert.equal(new Set(images.names).size, 60);
  assert.equal(new Set(images.classes).size, 20);
});

Deno.test("renderBirds() tells the scene, the truth and completeness of each image", () => {
  for (const at of [0, 17, 59]) {
    const scene = BIRDS.scene(at);
    assert.equal(scene.label, BIRDS.images.labels[at]);
    const { pixels, truth } = renderScene(scene, 32);
    assert.deepEqual(imageAt(BIRDS.images, at), pixels);
    assert.deepEqual(BIRDS.truth(at), truth);
  }
  assert.deepEqual(
    BIRDS.complete,
    Array.from({ length: 60 }, (_, at) => !BIRDS.scene(at).variants.includes(null)),
  );
  assert.ok(BIRDS.complete.includes(false));
  assert.ok(renderBirds({ ...OPTIONS, split: "test" }).complete.every((flag) => flag));
});

Deno.test("renderBirds() draws a bird the same whatever the number of birds", () => {
  const more = renderBirds({ ...OPTIONS, perClass: 4 });
  for (const at of [0, 17, 59]) {
    const same = more.images.names.indexOf(BIRDS.images.names[at]!);
    assert.deepEqual(imageAt(more.images, same), imageAt(BIRDS.images, at));
  }
});

Deno.test("renderBirds() refuses options and images out of range", () => {
  const wrong: Partial<BirdsOptions>[] = [
    { size: 31 },
    { size: 225 },
    { classes: 21 },
    { perClass: 0 },
    { perClass: 1.5 },
    { perClass: 10_001 },
    { seed: -1 },
    { spurious: -0.1 },
    { spurious: NaN },
    { size: 224, classes: 50, perClass: 10_000 },
  ];
  for (const options of wrong) {
    assert.throws(() => renderBirds({ ...OPTIONS, ...options }), UsageError, Deno.inspect(options));
  }
  assert.throws(
    () => renderBirds({ ...OPTIONS, spurious: 2 }),
    new UsageError("Cannot render birds: spurious 2, wanted a number from 0 to 1"),
  );
  for (const at of [-1, 60, 0.5]) {
    const wanted = new RangeError(`Cannot draw bird ${at}: wanted 0 to 59`);
    assert.throws(() => BIRDS.scene(at), wanted);
    assert.throws(() => BIRDS.truth(at), wanted);
  }
});
