import assert from "node:assert/strict";
import { encode as encodePng } from "fast-png";
import encodeJpeg from "@jsquash/jpeg/encode.js";
import { RunError, sha256 } from "../base/mod.ts";
import { sharedTest } from "../base/shared_data.ts";
import { decodeImage, resize, resizeShortSideThenCentreCrop, toTensor } from "./mod.ts";

/** A smooth colour picture as JPEG. */
async function jpeg(width = 40, height = 24): Promise<Uint8Array> {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < data.length; i++) data[i] = i % 4 === 3 ? 255 : (i * 7 + (i >> 5)) % 256;
  const image = { data, width, height, colorSpace: "srgb" } as ImageData;
  return new Uint8Array(await encodeJpeg(image, { quality: 90 }));
}

/** The JPEG with its frame header changed: `at` counts from the marker. */
async function withFrame(change: (frame: Uint8Array) => void): Promise<Uint8Array> {
  const bytes = await jpeg();
  const at = bytes.findIndex((byte, i) => byte === 0xff && [0xc0, 0xc2].includes(bytes[i + 1]!));
  change(bytes.subarray(at));
  return bytes;
}

sharedTest("decodeImage() gives libjpeg's own pixels on 500 photographs", async (shared) => {
  const reference = JSON.parse(
    await Deno.readTextFile(new URL("reference/resnet18_springer_twonn.json", shared)),
  );
  const folder = new URL("data/imagenette/train/n02102040/", shared);
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
  const pixels = new Uint8Array(names.length * 224 * 224 * 3);
  for (const [at, name] of names.entries()) {
    const { data } = await decodeImage(await Deno.readFile(new URL(name, folder)), name);
    pixels.set(data, at * 224 * 224 * 3);
  }
  assert.equal(sha256(pixels), reference.pixels_sha256);
});

sharedTest("decodeImage() gives libjpeg's own pixels on grey and 4:2:0 JPEGs", async (shared) => {
  const { images } = JSON.parse(
    await Deno.readTextFile(new URL("reference/resnet18_logits.json", shared)),
  );
  assert.equal(images.length, 4);
  for (const { file, pixels } of images) {
    const bytes = await Deno.readFile(new URL(`data/imagenette/${file}`, shared));
    assert.equal(sha256((await decodeImage(bytes, file)).data), pixels.sha256_of_rgb_bytes, file);
  }
});

sharedTest("resize() is Pillow's bilinear to the last bit", async (shared) => {
  const folder = new URL("reference/", shared);
  const { sources, cases } = JSON.parse(
    await Deno.readTextFile(new URL("pillow_resize.json", folder)),
  );
  assert.ok(cases.length > 20);
  for (const expected of cases) {
    const { file } = sources[expected.source];
    const source = await decodeImage(await Deno.readFile(new URL(file, folder)), file);
    const resized = expected.operation === "resize"
      ? resize(source, expected.width, expected.height)
      : resizeShortSideThenCentreCrop(source, expected.short_side, expected.crop);
    assert.deepEqual(
      [...resized.data],
      expected.pixels.flat(Infinity),
      `${expected.source} ${expected.width}x${expected.height}`,
    );
  }
});

Deno.test("resize() keeps an even picture even and leaves its input alone", () => {
  const data = new Uint8Array(8 * 6).fill(77);
  const before = data.slice();
  const small = resize({ width: 8, height: 6, channels: 1, data }, 5, 9);
  assert.deepEqual(data, before);
  assert.deepEqual(small.data, new Uint8Array(5 * 9).fill(77));
});

Deno.test("decodeImage() reads grey, grey with alpha, colour and palette PNGs", async () => {
  const grey = encodePng({
    width: 2,
    height: 1,
    channels: 1,
    depth: 8,
    data: new Uint8Array([3, 200]),
  });
  assert.deepEqual(
    await decodeImage(grey, "a.png"),
    { width: 2, height: 1, channels: 1, data: new Uint8Array([3, 200]) },
  );
  const alpha = encodePng({
    width: 1,
    height: 1,
    channels: 2,
    depth: 8,
    data: new Uint8Array([9, 50]),
  });
  assert.deepEqual([...(await decodeImage(alpha, "b.png")).data], [9]);
  const colour = encodePng({
    width: 1,
    height: 1,
    channels: 4,
    depth: 8,
    data: new Uint8Array([1, 2, 3, 4]),
  });
  assert.deepEqual([...(await decodeImage(colour, "c.png")).data], [1, 2, 3]);
});

const REFUSED: [string, () => Promise<Uint8Array> | Uint8Array, RegExp][] = [
  ["an empty file", () => new Uint8Array(), /x\.jpg: empty/],
  ["garbage", () => new Uint8Array([1, 2, 3, 4]), /neither JPEG nor PNG, starts with bytes 01 02/],
  ["a truncated JPEG", async () => (await jpeg()).slice(0, -200), /x\.jpg: truncated JPEG/],
  ["a JPEG cut inside its header", async () => (await jpeg()).slice(0, 30), /corrupt JPEG/],
  [
    "a JPEG that claims 65535 x 65535 pixels",
    () => withFrame((frame) => frame.fill(0xff, 5, 9)),
    /65535 x 65535 pixels, wanted/,
  ],
  ["a CMYK JPEG", () => withFrame((frame) => frame[9] = 4), /4 colour components \(CMYK\)/],
  [
    "a truncated PNG",
    () =>
      encodePng({ width: 9, height: 9, channels: 3, depth: 8, data: new Uint8Array(243) }).slice(
        0,
        50,
      ),
    /x\.jpg: (corrupt|truncated) PNG/,
  ],
  [
    "a PNG with 16 bits",
    () => encodePng({ width: 1, height: 1, channels: 1, depth: 16, data: new Uint16Array([5]) }),
    /16 bits a channel/,
  ],
];

for (const [what, bytes, message] of REFUSED) {
  Deno.test(`decodeImage() refuses ${what}`, async () => {
    const content = await bytes();
    await assert.rejects(
      () => decodeImage(content, "x.jpg"),
      (error) => error instanceof RunError && message.test(error.message),
    );
  });
}

Deno.test("decodeImage() ignores an EXIF orientation", async () => {
  const plain = await jpeg(40, 24);
  const exif = new Uint8Array([
    ...[0xff, 0xe1, 0x00, 0x22, 0x45, 0x78, 0x69, 0x66, 0, 0],
    ...[0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0],
    ...[0, 0, 0, 0],
  ]);
  const rotated = new Uint8Array([...plain.slice(0, 2), ...exif, ...plain.slice(2)]);
  assert.deepEqual(await decodeImage(rotated, "r.jpg"), await decodeImage(plain, "p.jpg"));
});

Deno.test("toTensor() normalises in float32 and repeats grey", () => {
  const image = { width: 1, height: 1, channels: 1 as const, data: new Uint8Array([128]) };
  const target = new Float32Array(4);
  const how = { shortSide: null, crop: 1, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
  toTensor(image, how, target, 1, "x");
  const [r, g, b] = how.mean.map((mean, c) => (128 / 255 - mean) / how.std[c]!);
  assert.equal(target[0], 0);
  for (const [c, wanted] of [r!, g!, b!].entries()) {
    assert.ok(Math.abs(target[c + 1]! - wanted) < 1e-6);
  }
});

Deno.test("toTensor() turns the channels round for a network that takes blue first", () => {
  const image = { width: 1, height: 1, channels: 3 as const, data: new Uint8Array([255, 0, 51]) };
  const target = new Float32Array(3);
  const how = { shortSide: null, crop: 1, mean: [0, 0, 0], std: [1, 1, 1] };
  toTensor(image, { ...how, colourOrder: "BGR" }, target, 0, "x");
  assert.deepEqual([...target], [Math.fround(0.2), 0, 1]);
});

Deno.test("toTensor() refuses another size when nothing is to be resized", () => {
  const image = { width: 2, height: 3, channels: 3 as const, data: new Uint8Array(18) };
  const how = { shortSide: null, crop: 2, mean: [0, 0, 0], std: [1, 1, 1] };
  assert.throws(
    () => toTensor(image, how, new Float32Array(12), 0, "n1/a.jpg"),
    /n1\/a\.jpg: image of 2 x 3 pixels, wanted 2 x 2/,
  );
});
