import assert from "node:assert/strict";
import { randomStream } from "../base/mod.ts";
import { drawMask } from "./dropout_masks.ts";

const mask = (ratio: number, seed = 1) =>
  drawMask({ input: "mask", shape: [10, 2000], ratio }, randomStream(seed, "dropout"));

Deno.test("drawMask() drops a share of the units and scales the others", () => {
  for (const ratio of [0.2, 0.5, 0.9]) {
    const { dims, data } = mask(ratio);
    assert.deepEqual(dims, [10, 2000]);
    assert.deepEqual([...new Set(data)].sort(), [0, Math.fround(1 / (1 - ratio))]);
    const dropped = data.filter((value) => value === 0).length;
    // Four standard deviations of the binomial distribution.
    const bound = 4 * Math.sqrt(20000 * ratio * (1 - ratio));
    assert.ok(Math.abs(dropped - 20000 * ratio) < bound, `${dropped} of 20000 at ${ratio}`);
  }
});

Deno.test("drawMask() keeps everything at ratio 0 and nothing at ratio 1", () => {
  assert.ok(mask(0).data.every((value) => value === 1));
  assert.ok(mask(1).data.every((value) => value === 0));
});

Deno.test("drawMask() depends on the stream alone", () => {
  assert.deepEqual(mask(0.5), mask(0.5));
  assert.notDeepEqual(mask(0.5), mask(0.5, 2));
  const random = randomStream(1);
  const spec = { input: "mask", shape: [64], ratio: 0.5 };
  assert.notDeepEqual(drawMask(spec, random), drawMask(spec, random));
});
