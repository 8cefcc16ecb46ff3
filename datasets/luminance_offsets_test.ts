import assert from "node:assert/strict";
import { UsageError } from "../harness/base/mod.ts";
import { luminanceOffsets } from "./luminance_offsets.ts";

Deno.test("luminanceOffsets() are uniform between 0 and lambda", () => {
  const offsets = luminanceOffsets(20_000, 100, 3);
  assert.ok(offsets.every((offset) => offset >= 0 && offset < 100));
  const mean = offsets.reduce((sum, offset) => sum + offset, 0) / offsets.length;
  const variance = offsets.reduce((sum, offset) => sum + (offset - mean) ** 2, 0) / offsets.length;
  // Standard errors: 100 / sqrt(12 * 20000) = 0.20 and 100^2 / sqrt(180 * 20000) = 5.3.
  assert.ok(Math.abs(mean - 50) < 0.8, `mean ${mean}`);
  assert.ok(Math.abs(variance - 10_000 / 12) < 21, `variance ${variance}`);
});

Deno.test("luminanceOffsets() gives fewer images the first offsets of more", () => {
  assert.deepEqual(luminanceOffsets(10, 1000, 3), luminanceOffsets(50, 1000, 3).slice(0, 10));
  assert.notDeepEqual(luminanceOffsets(10, 1000, 3), luminanceOffsets(10, 1000, 4));
  assert.deepEqual(luminanceOffsets(2, 0, 3), new Float64Array(2));
});

Deno.test("luminanceOffsets() refuses a lambda that is no size", () => {
  for (const lambda of [-1, NaN, Infinity]) {
    assert.throws(
      () => luminanceOffsets(1, lambda, 1),
      new UsageError(`luminance: lambda ${lambda}, wanted a number from 0 on`),
    );
  }
});
