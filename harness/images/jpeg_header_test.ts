import assert from "node:assert/strict";
import { readJpegHeader } from "./jpeg_header.ts";
import { picture } from "./testdata/fixtures.ts";

const START = [0xff, 0xd8];
const FRAME = [0xff, 0xc0, 0, 11, 8, 0, 5, 0, 7, 1, 1, 0x11, 0];
const SCAN = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0];
const END = [0xff, 0xd9];

Deno.test("readJpegHeader() reads size and components", async () => {
  const wanted = { width: 19, height: 13, components: 3, complete: true };
  assert.deepEqual(readJpegHeader(await picture("420.jpg")), wanted);
  assert.deepEqual(readJpegHeader(await picture("exif_rotated.jpg")), wanted);
  assert.equal(readJpegHeader(await picture("422_progressive.jpg"))?.components, 3);
  assert.equal(readJpegHeader(await picture("cmyk.jpg"))?.components, 4);
});

Deno.test("readJpegHeader() passes filling bytes and frame-like markers", () => {
  const tables = [0xff, 0xc4, 0, 4, 9, 9, 0xff, 0xff, 0xcc, 0, 2];
  assert.deepEqual(
    readJpegHeader(new Uint8Array([...START, ...tables, ...FRAME, ...SCAN, 1, 2, ...END])),
    { width: 7, height: 5, components: 1, complete: true },
  );
});

Deno.test("readJpegHeader() does not take an end marker in a thumbnail for the file's", () => {
  const exif = [0xff, 0xe1, 0, 4, ...END];
  const header = readJpegHeader(new Uint8Array([...START, ...exif, ...FRAME, ...SCAN, 1, 2]));
  assert.equal(header?.complete, false);
});

Deno.test("readJpegHeader() gives nothing when the markers are not those of a JPEG", () => {
  for (
    const bytes of [
      START,
      [...START, ...SCAN, ...END],
      [...START, 1, 2, 3, 4],
      [...START, 0xff, 0xe0, 0, 1],
      [...START, ...FRAME.slice(0, 8)],
      [...START, 0xff, 0xe0, 0xff, 0xff, ...FRAME],
    ]
  ) assert.equal(readJpegHeader(new Uint8Array(bytes)), undefined);
});
