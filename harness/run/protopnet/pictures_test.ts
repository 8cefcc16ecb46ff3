import assert from "node:assert/strict";
import { withBox } from "./pictures.ts";

Deno.test("withBox() draws inside the box, a dark edge around it, and nothing beyond the picture", () => {
  const [width, height] = [128, 128];
  const white = { width, height, data: new Uint8Array(3 * width * height).fill(255) };
  const { data } = withBox(white, { left: 0, top: 20, right: 40, bottom: 60 });
  const at = (x: number, y: number) => [...data.subarray(3 * (y * width + x)).subarray(0, 3)];
  const yellow = [255, 221, 0];
  for (const [x, y] of [[0, 30], [1, 30], [39, 30], [38, 59], [20, 20], [20, 21]] as const) {
    assert.deepEqual(at(x, y), yellow, `${x}, ${y}`);
  }
  for (const [x, y] of [[40, 30], [20, 19], [20, 60]] as const) {
    assert.deepEqual(at(x, y), [32, 32, 32], `${x}, ${y}`);
  }
  for (const [x, y] of [[2, 30], [41, 30], [20, 22], [20, 18], [127, 30]] as const) {
    assert.deepEqual(at(x, y), [255, 255, 255], `${x}, ${y}`);
  }
  assert.deepEqual([...new Set(white.data)], [255], "the input stays");
});
