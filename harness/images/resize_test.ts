import assert from "node:assert/strict";
import { sharedTest } from "../base/shared_data.ts";
import { decodeImage } from "./decode.ts";
import { centreWindow, resize, resizeShortSideThenCentreCrop } from "./resize.ts";
import { bytesOf, expected, source } from "./testdata/fixtures.ts";

Deno.test("resize() is Pillow's bilinear to the last bit on small pictures", () => {
  assert.equal(expected.resized.length, 10);
  for (const { mode, width, height, pixels } of expected.resized) {
    const resized = resize(source(mode === "L" ? "L" : "RGB"), width, height);
    assert.deepEqual(resized.data, bytesOf(pixels), `${mode} ${width} x ${height}`);
  }
});

Deno.test("resizeShortSideThenCentreCrop() is Pillow's on a small picture", () => {
  const { short_side, crop, pixels } = expected.cropped;
  const cropped = resizeShortSideThenCentreCrop(source("RGB"), short_side, crop);
  assert.deepEqual(cropped, { width: crop, height: crop, channels: 3, data: bytesOf(pixels) });
});

Deno.test("resize() keeps an even picture even and leaves its input alone", () => {
  const data = new Uint8Array(8 * 6).fill(77);
  const before = data.slice();
  const small = resize({ width: 8, height: 6, channels: 1, data }, 5, 9);
  assert.deepEqual(data, before);
  assert.deepEqual(small.data, new Uint8Array(5 * 9).fill(77));
});

Deno.test("resize() gives the same pixels when the size is the same", () => {
  const image = source("RGB");
  assert.deepEqual(resize(image, image.width, image.height), image);
});

Deno.test("resize() computes a window as it is in the whole", () => {
  const whole = resize(source("RGB"), 30, 20);
  const window = { left: 11, top: 4, width: 9, height: 13 };
  const part = resize(source("RGB"), 30, 20, window);
  for (let y = 0; y < window.height; y++) {
    const start = ((window.top + y) * 30 + window.left) * 3;
    assert.deepEqual(
      part.data.subarray(y * 27, (y + 1) * 27),
      whole.data.subarray(start, start + 27),
    );
  }
});

Deno.test("resizeShortSideThenCentreCrop() takes little memory for a very long picture", () => {
  // The whole would have 256 x 256,000,000 pixels.
  const data = Uint8Array.from({ length: 1e6 }, (_, i) => i % 251);
  const cropped = resizeShortSideThenCentreCrop(
    { width: 1, height: 1e6, channels: 1, data },
    256,
    224,
  );
  assert.equal(cropped.data.length, 224 * 224);
});

Deno.test("centreWindow() refuses a square that is larger than the short side", () => {
  assert.throws(() => centreWindow(10, 10, 100, 224), /Cannot crop 224 .* short side of 100/);
});

sharedTest("resize() is Pillow's bilinear to the last bit on every case", async (shared) => {
  const folder = new URL("reference/", shared);
  const { sources, cases } = JSON.parse(
    await Deno.readTextFile(new URL("pillow_resize.json", folder)),
  );
  assert.equal(cases.length, 23);
  for (const wanted of cases) {
    const { file } = sources[wanted.source];
    const image = await decodeImage(await Deno.readFile(new URL(file, folder)), file);
    const resized = wanted.operation === "resize"
      ? resize(image, wanted.width, wanted.height)
      : resizeShortSideThenCentreCrop(image, wanted.short_side, wanted.crop);
    const message = `${wanted.source} ${wanted.width}x${wanted.height}`;
    assert.deepEqual([...resized.data], wanted.pixels.flat(Infinity), message);
  }
});

sharedTest("centreWindow() is torchvision's for common sizes", async (shared) => {
  const { resize_256_crop_224_sizes: sizes } = JSON.parse(
    await Deno.readTextFile(new URL("reference/pillow_resize.json", shared)),
  );
  assert.ok(sizes.length >= 6);
  for (const { width, height, resized_width, resized_height, left, top } of sizes) {
    assert.deepEqual(centreWindow(width, height, 256, 224), {
      width: resized_width,
      height: resized_height,
      window: { left, top, width: 224, height: 224 },
    });
  }
});
