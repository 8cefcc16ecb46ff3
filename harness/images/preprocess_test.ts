import assert from "node:assert/strict";
import { UsageError } from "../base/mod.ts";
import type { Image } from "./image.ts";
import { toTensor } from "./preprocess.ts";
import { bytesOf, expected, source } from "./testdata/fixtures.ts";

const AS_IS = { shortSide: null, mean: [0, 0, 0], std: [1, 1, 1] };

function image(side: number, ...values: number[]): Image {
  const data = new Uint8Array(values);
  return { width: side, height: side, channels: data.length === side * side ? 1 : 3, data };
}

Deno.test("toTensor() normalises all levels in NumPy's float32 arithmetic", () => {
  const { mean, std, float32 } = expected.normalised;
  const target = new Float32Array(256);
  const levels = image(16, ...Array(256).keys());
  toTensor(levels, { shortSide: null, crop: 16, mean: [mean], std: [std] }, target, 0, "x");
  assert.deepEqual(new Uint8Array(target.buffer), bytesOf(float32));
});

Deno.test("toTensor() writes channel after channel, from the offset on", () => {
  const target = new Float32Array(14).fill(9);
  const pixels = image(2, 0, 255, 51, 255, 0, 51, 51, 0, 255, 255, 255, 0);
  toTensor(pixels, { ...AS_IS, crop: 2 }, target, 1, "x");
  const fifth = Math.fround(0.2);
  assert.deepEqual([...target], [9, 0, 1, fifth, 1, 1, 0, 0, 1, fifth, fifth, 1, 0, 9]);
});

Deno.test("toTensor() repeats grey with each channel's mean and std", () => {
  const target = new Float32Array(3);
  toTensor(image(1, 255), { ...AS_IS, crop: 1, mean: [0, 0.5, 1], std: [1, 2, 4] }, target, 0, "x");
  assert.deepEqual([...target], [1, 0.25, 0]);
});

Deno.test("toTensor() turns the channels round for a network that takes blue first", () => {
  const target = new Float32Array(3);
  toTensor(image(1, 255, 0, 51), { ...AS_IS, crop: 1, colourOrder: "BGR" }, target, 0, "x");
  assert.deepEqual([...target], [Math.fround(0.2), 0, 1]);
});

Deno.test("toTensor() resizes and crops, but for an image of the wanted size", () => {
  const { short_side: shortSide, crop, pixels } = expected.cropped;
  const target = new Float32Array(3 * crop * crop);
  toTensor(source("RGB"), { ...AS_IS, shortSide, crop }, target, 0, "x");
  const wanted = bytesOf(pixels);
  assert.equal(target[0], Math.fround(wanted[0]! / 255));
  assert.equal(target[2 * crop * crop + 5], Math.fround(wanted[3 * 5 + 2]! / 255));

  const sized = { width: crop, height: crop, channels: 3 as const, data: wanted };
  const again = new Float32Array(target.length);
  toTensor(sized, { ...AS_IS, shortSide, crop }, again, 0, "x");
  assert.deepEqual(again, target);
});

Deno.test("toTensor() refuses another size when nothing is to be resized, and colour for grey", () => {
  const target = new Float32Array(12);
  const oblong: Image = { width: 2, height: 3, channels: 3, data: new Uint8Array(18) };
  assert.throws(
    () => toTensor(oblong, { ...AS_IS, crop: 2 }, target, 0, "n1/a.jpg"),
    /^RunError: n1\/a\.jpg: image of 2 x 3 pixels, wanted 2 x 2$/,
  );
  assert.throws(
    () => toTensor(image(1, 1, 2, 3), { ...AS_IS, crop: 1, mean: [0], std: [1] }, target, 0, "a"),
    /^RunError: a: image with 3 channels, wanted 1 for this network$/,
  );
});

Deno.test("toTensor() refuses a preprocessing that contradicts itself", () => {
  const target = new Float32Array(12);
  for (
    const wrong of [
      { ...AS_IS, shortSide: 1, crop: 2 },
      { ...AS_IS, crop: 1, std: [1] },
      { ...AS_IS, crop: 1, mean: [0, 0], std: [1, 1] },
    ]
  ) assert.throws(() => toTensor(image(1, 1), wrong, target, 0, "x"), UsageError);
});

Deno.test("toTensor() refuses a target that is too small", () => {
  assert.throws(
    () => toTensor(image(1, 1), { ...AS_IS, crop: 1 }, new Float32Array(5), 3, "x"),
    /Cannot write 3 values at 3 of 5/,
  );
});

Deno.test("toTensor() fills a rectangle from the middle of the picture", () => {
  const target = new Float32Array(8);
  const stripes = {
    width: 4,
    height: 4,
    channels: 1,
    data: Uint8Array.from({ length: 16 }, (_, i) => [0, 51, 255, 0][i >> 2]!),
  } as const;
  const wide = { shortSide: 2, crop: 2, across: 4, mean: [0], std: [1] };
  toTensor(stripes, wide, target, 0, "x");
  const fifth = Math.fround(0.2);
  assert.deepEqual([...target], [fifth, fifth, fifth, fifth, 1, 1, 1, 1]);
  const tall = new Float32Array(8);
  toTensor(stripes, { ...wide, crop: 4, across: 2 }, tall, 0, "x");
  assert.deepEqual([...tall], [0, 0, fifth, fifth, 1, 1, 0, 0]);
});
