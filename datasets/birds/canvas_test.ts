import assert from "node:assert/strict";
import { Canvas } from "./canvas.ts";
import { PICTURE } from "./frame.ts";
import type { Path } from "./path.ts";

const LIGHT = { from: [0, 0], tint: [1, 1, 1] } as const;
const FLAT = { relief: 0, ink: 0 };

/** A rectangle in sixteenths of the picture. */
function box(left: number, top: number, right: number, bottom: number): Path {
  return [[left, top], [right, top], [right, bottom], [left, bottom]].map(([x, y]) =>
    [x! / 16, y! / 16] as const
  );
}

function developed(canvas: Canvas): number[] {
  const out = new Uint8Array(16 * 16 * 3);
  canvas.develop(out);
  return Array.from(
    { length: 256 },
    (_, at) => out[3 * at]! << 16 | out[3 * at + 1]! << 8 | out[3 * at + 2]!,
  );
}

Deno.test("Canvas fills whole pixels with one colour and one region", () => {
  const canvas = new Canvas(16, LIGHT);
  canvas.wash(0x101010, 0x101010);
  canvas.fill(box(2, 3, 5, 7), PICTURE, () => 0xff8040, { ...FLAT, region: 9 });
  const [pixels, { data }] = [developed(canvas), canvas.regions()];
  for (let at = 0; at < 256; at++) {
    const [x, y] = [at % 16, Math.floor(at / 16)];
    const isInside = x >= 2 && x < 5 && y >= 3 && y < 7;
    assert.equal(pixels[at], isInside ? 0xff8040 : 0x101010);
    assert.equal(data[at], isInside ? 9 : 0);
  }
});

Deno.test("Canvas averages a pixel's colour but takes its region from its middle", () => {
  const canvas = new Canvas(16, LIGHT);
  canvas.wash(0, 0);
  canvas.fill(box(2, 3, 4 + 1 / 3, 4), PICTURE, () => 0x0000ff, { ...FLAT, region: 9 });
  canvas.fill(box(2, 5, 4 + 2 / 3, 6), PICTURE, () => 0x0000ff, { ...FLAT, region: 9 });
  const [pixels, { data }] = [developed(canvas), canvas.regions()];
  assert.deepEqual([pixels[3 * 16 + 4], data[3 * 16 + 4]], [85, 0]);
  assert.deepEqual([pixels[5 * 16 + 4], data[5 * 16 + 4]], [170, 9]);
});

Deno.test("Canvas counts a part's own pixels once, hidden or not", () => {
  const canvas = new Canvas(16, LIGHT);
  canvas.fill(box(0, 0, 4, 4), PICTURE, () => 0, { ...FLAT, region: 3 }, 2);
  canvas.fill(box(2, 0, 6, 4), PICTURE, () => 0, { ...FLAT, region: 3 }, 2);
  canvas.fill(box(0, 0, 16, 2), PICTURE, () => 0, { ...FLAT, region: 4 }, 3);
  canvas.fill(box(12, 12, 20, 20), PICTURE, () => 0, { ...FLAT, region: 5 }, 4);
  assert.deepEqual([2, 3, 4, 5].map((part) => canvas.coveredBy(part)), [24, 32, 16, 0]);
  assert.equal(canvas.regions().data.filter((region) => region === 3).length, 12);
});

Deno.test("Canvas draws outlines where a shape ends over an earlier one, unless they are joined", () => {
  const picture = (joined: boolean) => {
    const canvas = new Canvas(16, LIGHT);
    canvas.wash(0xffffff, 0xffffff);
    canvas.fill(box(2, 2, 8, 14), PICTURE, () => 0xffffff, { relief: 0, ink: 1, region: 1 });
    canvas.fill(box(8, 2, 14, 14), PICTURE, () => 0xffffff, {
      relief: 0,
      ink: 1,
      region: 2,
      joined,
    });
    return developed(canvas);
  };
  const [apart, joined] = [picture(false), picture(true)];
  for (const pixels of [apart, joined]) {
    assert.equal(pixels[8 * 16 + 1], 0xffffff);
    assert.ok(pixels[8 * 16 + 2]! < 0xffffff);
    assert.equal(pixels[8 * 16 + 4], 0xffffff);
    assert.equal(pixels[8 * 16 + 7], 0xffffff);
  }
  assert.ok(apart[8 * 16 + 8]! < 0xffffff);
  assert.equal(joined[8 * 16 + 8], 0xffffff);
});

Deno.test("Canvas glazes one region only and changes no map", () => {
  const canvas = new Canvas(16, LIGHT);
  canvas.wash(0, 0);
  canvas.fill(box(0, 0, 8, 16), PICTURE, () => 0, { ...FLAT, region: 7 });
  const before = canvas.regions();
  canvas.glaze(box(4, 4, 12, 12), PICTURE, 0xffffff, 0.5, 7);
  const pixels = developed(canvas);
  assert.deepEqual(canvas.regions(), before);
  assert.equal(pixels[8 * 16 + 7], 0x808080);
  assert.equal(pixels[8 * 16 + 8], 0);
});
