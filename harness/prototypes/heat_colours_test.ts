import assert from "node:assert/strict";
import { heatColour, overlayHeat } from "./heat_colours.ts";

Deno.test("heatColour() runs from dark blue over green to dark red", () => {
  const [low, middle, high] = [0, 0.5, 1].map(heatColour);
  assert.deepEqual(low, [35, 23, 27]);
  assert.ok(middle![1] > middle![0] && middle![1] > middle![2]);
  assert.ok(high![0] > 100 && high![1] < 20 && high![2] < 20);
  assert.deepEqual(heatColour(-3), low);
  assert.deepEqual(heatColour(7), high);
});

Deno.test("overlayHeat() covers high values and leaves the lowest as they are", () => {
  const pixels = Uint8Array.of(10, 20, 30, 10, 20, 30, 10, 20, 30);
  const result = overlayHeat(pixels, Float64Array.of(-1, 0, 1));
  assert.deepEqual([...result.subarray(0, 3)], [10, 20, 30]);
  const [red, green, blue] = heatColour(1);
  assert.deepEqual(
    [...result.subarray(6)],
    [0.35 * 10 + 0.65 * red, 0.35 * 20 + 0.65 * green, 0.35 * 30 + 0.65 * blue].map(Math.round),
  );
  assert.deepEqual([...pixels], [10, 20, 30, 10, 20, 30, 10, 20, 30]);
});

Deno.test("overlayHeat() leaves an image under a constant map, and refuses another size", () => {
  const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6);
  assert.deepEqual(overlayHeat(pixels, Float64Array.of(2, 2)), pixels);
  assert.throws(() => overlayHeat(pixels, Float64Array.of(2)), RangeError);
});
