import assert from "node:assert/strict";
import { decodeImage } from "./decode.ts";
import { assertRefused, bytesOf, expected, picture, replaced } from "./testdata/fixtures.ts";

/** Offset of the marker of that code. */
function markerAt(bytes: Uint8Array, code: number): number {
  return bytes.findIndex((byte, at) => byte === 0xff && bytes[at + 1] === code);
}

/** 420.jpg with its frame header changed; `at` counts from the marker. */
async function withFrame(at: number, ...values: number[]): Promise<Uint8Array> {
  const bytes = await picture("420.jpg");
  return replaced(bytes, markerAt(bytes, 0xc0) + at, ...values);
}

Deno.test("decodeJpeg() refuses sizes of zero and above the bound before decoding", async () => {
  await assertRefused(await withFrame(5, 255, 255, 255, 255), /65535 x 65535 pixels, wanted 1 to/);
  await assertRefused(await withFrame(5, 0, 0), /image of 19 x 0 pixels/);
  await assertRefused(await withFrame(7, 0, 0), /image of 0 x 13 pixels/);
});

Deno.test("decodeJpeg() refuses CMYK", async () => {
  await assertRefused(await picture("cmyk.jpg"), /4 colour components, wanted 1 .* or 3/);
});

Deno.test("decodeJpeg() refuses data lost in the middle, with the end marker in place", async () => {
  const bytes = await picture("444.jpg");
  const lost = new Uint8Array([...bytes.subarray(0, -120), 0xff, 0xd9]);
  await assertRefused(lost, /^x: corrupt JPEG: Corrupt JPEG data: premature end of data segment$/);
});

Deno.test("decodeJpeg() says what libjpeg says, and reads the next file all the same", async () => {
  await assertRefused(
    await withFrame(4, 12),
    /^x: corrupt JPEG: Unsupported JPEG data precision 12$/,
  );
  await assertRefused(await withFrame(1, 0xc9), /arithmetic coding is not implemented/);
  const { data } = await decodeImage(await picture("444.jpg"), "next");
  assert.deepEqual(data, bytesOf(expected.decoded["444.jpg"]));
});

Deno.test("decodeJpeg() lets superfluous bytes pass, as Pillow does", async () => {
  const bytes = await picture("444.jpg");
  const zeros = new Array(20).fill(0);
  const padded = new Uint8Array([...bytes.subarray(0, -2), ...zeros, 0xff, 0xd9, ...zeros]);
  const { data } = await decodeImage(padded, "padded");
  assert.deepEqual(data, bytesOf(expected.decoded["444.jpg"]));
});

Deno.test("decodeJpeg() keeps files apart that are decoded at the same time", async () => {
  const good = await picture("444.jpg");
  const lost = new Uint8Array([...good.subarray(0, -120), 0xff, 0xd9]);
  const settled = await Promise.allSettled(
    [good, lost, good, await withFrame(4, 12), good].map((bytes) => decodeImage(bytes, "x")),
  );
  assert.deepEqual(settled.map(({ status }) => status === "fulfilled"), [
    true,
    false,
    true,
    false,
    true,
  ]);
});
