import assert from "node:assert/strict";
import { nameOfColour, rgbOf } from "./colour.ts";

Deno.test("rgbOf() gives the corners of the colour cube and the greys", () => {
  const pure = (hue: number) => rgbOf({ hue, saturation: 1, value: 1 }).map((a) => Math.round(a));
  assert.deepEqual([0, 1, 2, 3, 4, 5].map((sixth) => pure(sixth / 6)), [
    [1, 0, 0],
    [1, 1, 0],
    [0, 1, 0],
    [0, 1, 1],
    [0, 0, 1],
    [1, 0, 1],
  ]);
  assert.deepEqual(rgbOf({ hue: 0.3, saturation: 0, value: 0.4 }), [0.4, 0.4, 0.4]);
});

Deno.test("rgbOf() turns once around for whole numbers, also below 0", () => {
  const [r, g, b] = rgbOf({ hue: 0.1, saturation: 0.5, value: 0.8 });
  for (const hue of [-0.9, 1.1]) {
    const found = rgbOf({ hue, saturation: 0.5, value: 0.8 });
    [r, g, b].forEach((value, c) => assert.ok(Math.abs(found[c]! - value) < 1e-12));
  }
  assert.ok(Math.abs(r - 0.8) < 1e-12);
  assert.ok(Math.abs(g - 0.64) < 1e-12);
  assert.ok(Math.abs(b - 0.4) < 1e-12);
});

Deno.test("nameOfColour() uses everyday names", () => {
  const name = (hue: number, saturation = 0.9, value = 0.9) =>
    nameOfColour({ hue, saturation, value });
  assert.equal(name(0), "red");
  assert.equal(name(-0.01), "red");
  assert.equal(name(1 / 6), "yellow");
  assert.equal(name(1 / 3, 0.3), "pale green");
  assert.equal(name(2 / 3, 0.9, 0.4), "dark blue");
  assert.equal(name(0.07, 0.9, 0.4), "brown");
});
