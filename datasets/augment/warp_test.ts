import assert from "node:assert/strict";
import { countingImage } from "./testdata/chosen.ts";
import { warp } from "./warp.ts";

const GREY = { width: 3, height: 2, channels: 1 };

function moved(source: Uint8Array, dx: number, dy: number, shape = GREY): number[] {
  const target = new Uint8Array(source.length).fill(255);
  const before = source.slice();
  warp(source, shape, [1, 0, dx, 0, 1, dy, 0, 0, 1], target);
  assert.deepEqual(source, before);
  return [...target];
}

Deno.test("warp() leaves the image as it is by the map that moves nothing", () => {
  for (const channels of [1, 3]) {
    const shape = { ...GREY, channels };
    assert.deepEqual(moved(countingImage(shape), 0, 0, shape), [...countingImage(shape)]);
  }
});

Deno.test("warp() takes the pixel that the map points at, the nearest of the edge beyond it", () => {
  assert.deepEqual(moved(countingImage(GREY), 1, 0), [2, 3, 3, 5, 6, 6]);
  assert.deepEqual(moved(countingImage(GREY), 0, -1), [1, 2, 3, 1, 2, 3]);
  assert.deepEqual(moved(countingImage(GREY), -9, 9), [4, 4, 4, 4, 4, 4]);
});

Deno.test("warp() mixes four pixels by their nearness", () => {
  const source = Uint8Array.of(0, 100, 200, 40, 140, 240);
  assert.deepEqual(moved(source, 0.25, 0), [25, 125, 200, 65, 165, 240]);
  assert.deepEqual(moved(source, 0.5, 0.5), [70, 170, 220, 90, 190, 240]);
});

Deno.test("warp() keeps channels apart", () => {
  const shape = { width: 2, height: 1, channels: 3 };
  assert.deepEqual(
    moved(Uint8Array.of(0, 10, 20, 100, 50, 30), 0.5, 0, shape),
    [50, 30, 25, 100, 50, 30],
  );
});

Deno.test("warp() divides by the third coordinate", () => {
  const source = Uint8Array.of(0, 10, 20, 30, 40, 50, 60, 70);
  const target = new Uint8Array(8);
  const shape = { width: 8, height: 1, channels: 1 };
  warp(source, shape, [1, 0, 0, 0, 1, 0, 0.1, 0, 1], target);
  const wanted = Array.from(source, (_, x) => 10 * Math.max(0, (x + 0.5) / (1.05 + 0.1 * x) - 0.5));
  assert.deepEqual([...target], wanted.map(Math.round));
});
