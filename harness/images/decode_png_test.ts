import assert from "node:assert/strict";
import { crc32, deflateSync } from "node:zlib";
import { encode } from "fast-png";
import { decodeImage } from "./decode.ts";
import { assertRefused, picture, replaced } from "./testdata/fixtures.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function word(value: number): number[] {
  return [24, 16, 8, 0].map((shift) => value >>> shift & 255);
}

function chunk(type: string, data: ArrayLike<number>): number[] {
  const body = [...new TextEncoder().encode(type), ...Array.from(data)];
  return [...word(data.length), ...body, ...word(crc32(new Uint8Array(body)))];
}

/** A PNG whose header and rows need not belong together. */
function png(
  [width, height, depth, colourType, interlaced]: readonly [number, number, number, number, number],
  rows: number[] | Uint8Array,
  ...before: number[]
): Uint8Array {
  return new Uint8Array([
    ...SIGNATURE,
    ...chunk("IHDR", [...word(width), ...word(height), depth, colourType, 0, 0, interlaced]),
    ...before,
    ...chunk("IDAT", deflateSync(new Uint8Array(rows))),
    ...chunk("IEND", []),
  ]);
}

Deno.test("decodePng() reads what another encoder wrote", async () => {
  for (const channels of [1, 2, 3, 4] as const) {
    const data = Uint8Array.from({ length: 6 * channels }, (_, i) => 40 * i + 3);
    const image = await decodeImage(
      encode({ width: 3, height: 2, channels, depth: 8, data }),
      "x",
    );
    const kept = channels <= 2 ? 1 : 3;
    assert.equal(image.channels, kept);
    assert.deepEqual(image.data, data.filter((_, i) => i % channels < kept));
  }
});

Deno.test("decodePng() refuses sizes of zero and above the bound before inflating", async () => {
  await assertRefused(png([0, 1, 8, 0, 0], [0]), /image of 0 x 1 pixels/);
  await assertRefused(png([2 ** 31, 2 ** 31, 8, 0, 0], [0]), /2147483648 x 2147483648 pixels/);
});

Deno.test("decodePng() refuses 16 bits and interlaced packed bits", async () => {
  await assertRefused(png([1, 1, 16, 0, 0], [0, 1, 2]), /16 bits a channel, wanted 8/);
  await assertRefused(png([1, 1, 4, 3, 1], [0, 0]), /interlaced PNG with 4 bits/);
});

Deno.test("decodePng() refuses more or less data than the picture has", async () => {
  await assertRefused(png([2, 2, 8, 0, 0], [0, 1, 2, 0, 1]), /5 bytes of image data, wanted 6/);
  await assertRefused(png([2, 2, 8, 0, 0], new Uint8Array(5e6)), /do not inflate to 6 bytes/);
});

Deno.test("decodePng() refuses wrong headers, filters, palettes and checksums", async () => {
  await assertRefused(png([1, 1, 8, 5, 0], [0, 1]), /offset 25: colour type 5/);
  await assertRefused(png([1, 1, 3, 0, 0], [0, 1]), /invalid bit depth: 3/);
  await assertRefused(png([1, 1, 8, 0, 0], [9, 1]), /Unsupported filter: 9/);
  const palette = chunk("PLTE", [1, 2, 3]);
  await assertRefused(png([1, 1, 8, 3, 0], [0, 1], ...palette), /pixel 0 has colour 1 of 1/);
  await assertRefused(png([1, 1, 8, 3, 0], [0, 0]), /pixel 0 has colour 0 of 0/);
  await assertRefused(
    new Uint8Array([...SIGNATURE, ...chunk("IEND", [])]),
    /no header at offset 8/,
  );
  const bytes = await picture("palette_4.png");
  await assertRefused(replaced(bytes, bytes.length - 1, 0), /^x: corrupt PNG: /);
});

Deno.test("decodePng() does not read text and colour profiles, whose sizes are their own", async () => {
  const profile = chunk("iCCP", [65, 0, 0, ...deflateSync(new Uint8Array(1e6)), 1]);
  const text = chunk("tEXt", [1, 2, 3]);
  const image = await decodeImage(png([1, 1, 8, 0, 0], [0, 77], ...profile, ...text), "x");
  assert.deepEqual([...image.data], [77]);
});
