import assert from "node:assert/strict";
import { randomStream, RunError, sha256 } from "../base/mod.ts";
import { sharedTest } from "../base/shared_data.ts";
import { decodeImage } from "./decode.ts";
import { assertRefused, bytesOf, expected, picture, rgbOf } from "./testdata/fixtures.ts";

for (const [name, base64] of Object.entries(expected.decoded)) {
  Deno.test(`decodeImage() gives Pillow's pixels for ${name}`, async () => {
    const image = await decodeImage(await picture(name), name);
    assert.deepEqual([image.width, image.height], [expected.width, expected.height]);
    assert.deepEqual(rgbOf(image), bytesOf(base64));
  });
}

Deno.test("decodeImage() gives one channel for grey PNGs only", async () => {
  const channels = async (name: string) => (await decodeImage(await picture(name), name)).channels;
  assert.equal(await channels("grey_alpha.png"), 1);
  assert.equal(await channels("palette_1.png"), 3);
  assert.equal(await channels("grey.jpg"), 3);
});

Deno.test("decodeImage() goes by the bytes when the name says otherwise", async () => {
  const image = await decodeImage(await picture("rgba.png"), "photograph.jpg");
  assert.deepEqual(rgbOf(image), bytesOf(expected.decoded["rgba.png"]));
});

Deno.test("decodeImage() refuses what is neither JPEG nor PNG", async () => {
  await assertRefused(new Uint8Array(), /^x: empty, wanted/);
  await assertRefused(
    new Uint8Array([1, 2, 3, 4]),
    /^x: neither .* starts with bytes 01 02 03 04$/,
  );
  await assertRefused(new Uint8Array([0xff]), /^x: neither .* starts with bytes ff$/);
});

for (const name of ["420.jpg", "422_progressive.jpg", "palette_4.png", "interlaced.png"]) {
  Deno.test(`decodeImage() refuses ${name} wherever it is cut off`, async () => {
    const bytes = await picture(name);
    for (let length = 8; length < bytes.length; length++) {
      await assertRefused(bytes.subarray(0, length), /^x: (truncated|corrupt) (JPEG|PNG): /);
    }
  });

  Deno.test(`decodeImage() gives pixels or one error when ${name} is damaged`, async () => {
    const bytes = await picture(name);
    const random = randomStream(1, name);
    for (let trial = 0; trial < 200; trial++) {
      const damaged = bytes.slice();
      for (let k = 0; k < 3; k++) damaged[random.integer(bytes.length)] = random.integer(256);
      try {
        const { width, height, channels, data } = await decodeImage(damaged, "x");
        assert.equal(data.length, width * height * channels);
      } catch (error) {
        assert.ok(error instanceof RunError && error.message.startsWith("x: "), String(error));
      }
    }
    assert.deepEqual(bytes, await picture(name));
  });
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
