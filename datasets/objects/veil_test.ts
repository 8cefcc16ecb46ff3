import assert from "node:assert/strict";
import { randomStream, sha256 } from "../../harness/base/mod.ts";
import { imageAt } from "../labelled_images.ts";
import { renderObjects } from "./render_objects.ts";
import { applyVeil, drawVeil, type ImageShape, type Veil, veiled } from "./veil.ts";

/** The definition, term by term. */
function veilByDefinition(
  image: Uint8Array,
  { width, height, channels }: ImageShape,
  { contrast, coefficients }: Veil,
): Uint8Array {
  return image.map((pixel, at) => {
    const c = at % channels;
    const column = Math.floor(at / channels) % width;
    const row = Math.floor(at / channels / width);
    const x = -1 + 2 * (column + 0.5) / width, y = -1 + 2 * (row + 0.5) / height;
    const basis = [1, x, y, x * y, x ** 2 - 0.33, y ** 2 - 0.33];
    const field = basis.reduce((sum, b, term) => sum + coefficients[6 * c + term]! * b, 0);
    const value = 0.5 + contrast * (pixel / 255 - 0.5) + field;
    return Math.round(255 * Math.min(1, Math.max(0, value)));
  });
}

Deno.test("applyVeil() equals the definition, for colour and grey, for any shape", () => {
  const random = randomStream(3, "test", "veil");
  for (const [width, height, channels] of [[32, 32, 3], [9, 14, 3], [28, 28, 1]] as const) {
    const shape = { width, height, channels };
    for (let run = 0; run < 20; run++) {
      const image = Uint8Array.from(
        { length: width * height * channels },
        () => random.integer(256),
      );
      const before = image.slice();
      const veil = drawVeil(random);
      const out = new Uint8Array(image.length);
      applyVeil(image, shape, veil, out);
      assert.deepEqual(out, veilByDefinition(image, shape, veil));
      assert.deepEqual(image, before);
      applyVeil(image, shape, veil, image);
      assert.deepEqual(image, out);
    }
  }
});

Deno.test("applyVeil() rounds half away from zero and clips", () => {
  const flat = (constant: number, contrast: number): Veil => ({
    contrast,
    coefficients: Float64Array.from({ length: 18 }, (_, at) => at % 6 === 0 ? constant : 0),
  });
  const shape = { width: 3, height: 1, channels: 1 };
  const out = new Uint8Array(3);
  applyVeil(Uint8Array.of(0, 100, 255), shape, flat(0, 0), out);
  assert.deepEqual(out, Uint8Array.of(128, 128, 128));
  applyVeil(Uint8Array.of(0, 100, 255), shape, flat(0, 1), out);
  assert.deepEqual(out, Uint8Array.of(0, 100, 255));
  applyVeil(Uint8Array.of(0, 100, 255), shape, flat(0.6, 1), out);
  assert.deepEqual(out, Uint8Array.of(153, 253, 255));
  applyVeil(Uint8Array.of(0, 100, 255), shape, flat(-0.6, 1), out);
  assert.deepEqual(out, Uint8Array.of(0, 0, 102));
});

Deno.test("applyVeil() refuses lengths that do not fit the shape", () => {
  const veil = drawVeil(randomStream(1, "test"));
  const shape = { width: 2, height: 2, channels: 3 };
  const apply = (from: number, to: number, channels = 3) => () =>
    applyVeil(new Uint8Array(from), { ...shape, channels }, veil, new Uint8Array(to));
  assert.throws(apply(11, 12), RangeError);
  assert.throws(apply(12, 11), RangeError);
  assert.throws(apply(16, 16, 4), RangeError);
});

Deno.test("drawVeil() keeps to the ranges and shares most of the field between channels", () => {
  const random = randomStream(1, "test", "ranges");
  const constants: [number, number][] = [];
  for (let run = 0; run < 2000; run++) {
    const { contrast, coefficients } = drawVeil(random);
    assert.equal(coefficients.length, 18);
    assert.ok(contrast >= 0.6 * Math.exp(-0.3) && contrast < 0.6 * Math.exp(0.3));
    assert.ok(coefficients.every((a) => Math.abs(a) <= 0.35 * 1.3));
    constants.push([coefficients[0]!, coefficients[6]!]);
  }
  const moment = (of: (pair: [number, number]) => number) =>
    constants.reduce((sum, pair) => sum + of(pair), 0) / constants.length;
  const correlation = moment(([a, b]) => a * b) /
    Math.sqrt(moment(([a]) => a * a) * moment(([, b]) => b * b));
  // Var u / (Var u + 0.09 Var w) = 1 / 1.09.
  assert.ok(Math.abs(correlation - 1 / 1.09) < 0.02, `${correlation}`);
});

Deno.test("veiled() gives each image a veil that depends on its name and the seed alone", () => {
  const few = renderObjects({ seed: 1, size: 8, objects: 2, views: 3 });
  const before = sha256(few.pixels);
  const out = veiled(few, 7);
  assert.equal(sha256(few.pixels), before);
  assert.deepEqual({ ...out, pixels: few.pixels }, few);
  assert.notDeepEqual(imageAt(out, 0), imageAt(out, 1));
  const last = veiled({
    ...few,
    labels: few.labels.slice(5),
    names: few.names.slice(5),
    pixels: imageAt(few, 5).slice(),
  }, 7);
  assert.deepEqual(last.pixels, imageAt(out, 5));
  assert.notDeepEqual(veiled(few, 8).pixels, out.pixels);
});

Deno.test("veiled() keeps its pixels: a change needs another OBJECTS_VERSION", () => {
  const { pixels } = veiled(renderObjects({ seed: 1, size: 32, objects: 3, views: 4 }), 1);
  assert.equal(sha256(pixels), "2352cef73b7a5a1ec02f74c962dee66d9f59401c5690f0adcbbd6a307bacfb2f");
});

Deno.test("veiled() clips 23 % of the values to black and few to white, as in the study", () => {
  const { pixels } = veiled(renderObjects({ seed: 1, size: 16, objects: 40, views: 10 }), 1);
  let black = 0, white = 0;
  for (const value of pixels) {
    if (value === 0) black++;
    if (value === 255) white++;
  }
  assert.ok(Math.abs(black / pixels.length - 0.23) < 0.03, `${black} of ${pixels.length} black`);
  assert.ok(white / pixels.length < 0.02, `${white} of ${pixels.length} white`);
});
