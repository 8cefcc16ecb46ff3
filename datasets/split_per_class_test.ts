import assert from "node:assert/strict";
import fc from "fast-check";
import { UsageError } from "../harness/base/mod.ts";
import { imageAt, type LabelledImages } from "./labelled_images.ts";
import { imagesAt, splitPerClass } from "./split_per_class.ts";

/** Images of 1 x 1 whose value is their index, classes interleaved. */
function images(perClass: number, classes: number): LabelledImages {
  const count = perClass * classes;
  return {
    width: 1,
    height: 1,
    channels: 1,
    classes: Array.from({ length: classes }, (_, label) => `class ${label}`),
    labels: Int32Array.from({ length: count }, (_, at) => at % classes),
    names: Array.from({ length: count }, (_, at) => `image ${at}`),
    pixels: Uint8Array.from({ length: count }, (_, at) => at),
  };
}

Deno.test("splitPerClass() divides every class by the shares and loses no image", () => {
  const shapes = fc.record({
    perClass: fc.integer({ min: 4, max: 40 }),
    classes: fc.integer({ min: 1, max: 6 }),
    test: fc.double({ min: 0.15, max: 0.4, noNaN: true }),
    validation: fc.constantFrom(0, 0.2, 0.3),
    seed: fc.nat(),
  });
  fc.assert(fc.property(shapes, ({ perClass, classes, test, validation, seed }) => {
    const whole = images(perClass, classes);
    const split = splitPerClass(whole, { test, validation, seed });
    const all = [split.train, split.validation, split.test].flatMap(({ names }) => names);
    assert.deepEqual(all.toSorted(), whole.names.toSorted());
    for (let label = 0; label < classes; label++) {
      const count = (set: LabelledImages) => set.labels.filter((of) => of === label).length;
      assert.equal(count(split.test), Math.round(test * perClass));
      assert.equal(count(split.validation), Math.round(validation * perClass));
    }
    for (const set of Object.values(split) as LabelledImages[]) {
      assert.deepEqual(set.classes, whole.classes);
      set.names.forEach((name, at) => {
        const index = whole.names.indexOf(name);
        assert.equal(set.labels[at], whole.labels[index]);
        assert.deepEqual(imageAt(set, at), imageAt(whole, index));
        if (at > 0) assert.ok(index > whole.names.indexOf(set.names[at - 1]!));
      });
    }
  }));
});

Deno.test("splitPerClass() chooses by the seed, and differently in each class", () => {
  const whole = images(40, 3);
  const test = (seed: number, validation = 0) =>
    splitPerClass(whole, { test: 0.5, validation, seed }).test;
  assert.deepEqual(test(1), test(1));
  assert.notDeepEqual(test(1).names, test(2).names);
  assert.deepEqual(test(1), test(1, 0.3));
  const places = (label: number) =>
    Array.from(test(1).pixels).filter((at) => at % 3 === label).map((at) => (at - label) / 3);
  assert.notDeepEqual(places(0), places(1));
});

Deno.test("splitPerClass() divides 36 views of an object as the paper does", () => {
  const { train, test } = splitPerClass(images(36, 2), { test: 1 / 6, validation: 0, seed: 1 });
  assert.equal(train.names.length, 60);
  assert.equal(test.names.length, 12);
});

Deno.test("splitPerClass() refuses to leave a class of a set without images", () => {
  const split = (perClass: number, test: number, validation: number) => () =>
    splitPerClass(images(perClass, 2), { test, validation, seed: 1 });
  assert.throws(
    split(4, 0.1, 0),
    new UsageError(
      'Cannot split images: test has none of the 4 images of class "class 0" with test 0.1 and ' +
        "validation 0",
    ),
  );
  assert.throws(split(4, 0.25, 0.1), /validation has none of the 4 images/);
  assert.throws(split(1, 0.6, 0), /train has none of the 1 images/);
  assert.throws(
    () =>
      splitPerClass({ ...images(2, 1), classes: ["a", "b"] }, { test: 0, validation: 0, seed: 1 }),
    /train has none of the 0 images of class "b"/,
  );
});

Deno.test("splitPerClass() refuses shares out of range", () => {
  for (const [test, validation] of [[-0.1, 0], [0, -1], [0.5, 0.5], [NaN, 0], [0, Infinity]]) {
    assert.throws(
      () => splitPerClass(images(4, 1), { test: test!, validation: validation!, seed: 1 }),
      UsageError,
    );
  }
});

Deno.test("imagesAt() copies images in the given order", () => {
  const whole = images(3, 2);
  const some = imagesAt(whole, [4, 1]);
  assert.deepEqual(some.names, ["image 4", "image 1"]);
  assert.deepEqual(some.labels, Int32Array.of(0, 1));
  assert.deepEqual(some.pixels, Uint8Array.of(4, 1));
  some.pixels[0] = 99;
  assert.equal(whole.pixels[4], 4);
});
