import assert from "node:assert/strict";
import { assertClose } from "../stats/testdata/assert_close.ts";
import { activationBox } from "./activation_box.ts";
import { percentile } from "./percentile.ts";
import reference from "./testdata/maps_reference.json" with { type: "json" };
import { upsampleBicubic } from "./upsample.ts";

/** OpenCV's positions and weights are float32: 2^-23 of a pixel where maps change by 30 a pixel. */
const ROUNDING = 1e-5;

Deno.test("upsampleBicubic() gives OpenCV's values", () => {
  for (const { rows, columns, height, width, map, upsampled } of reference.cases) {
    const found = upsampleBicubic(Object.freeze(map), rows, columns, height, width);
    assert.equal(found.length, upsampled.length);
    for (const [at, value] of found.entries()) {
      assert.ok(Math.abs(value - upsampled[at]!) < ROUNDING, `${rows} x ${columns}: ${at}`);
    }
  }
});

Deno.test("upsampleBicubic() leaves a map of the same size as it is", () => {
  const map = Float64Array.of(1, 5, 2, 7, 3, 4);
  assert.deepEqual(upsampleBicubic(map, 2, 3, 2, 3), map);
});

Deno.test("percentile() gives NumPy's values", () => {
  for (const { values, share, percentile: wanted } of reference.percentiles) {
    assertClose(percentile(Float64Array.from(values), share), wanted, 1e-12);
  }
  for (const { upsampled, percentile95 } of reference.cases) {
    assertClose(percentile(Float64Array.from(upsampled), 0.95), percentile95, 1e-6);
  }
});

Deno.test("percentile() refuses no values and shares that are none", () => {
  assert.throws(() => percentile(new Float64Array(), 0.5), RangeError);
  assert.throws(() => percentile(Float64Array.of(1), 95), RangeError);
});

Deno.test("activationBox() gives the authors' box of OpenCV's map", () => {
  for (const { rows, columns, height, width, map, box } of reference.cases) {
    const upsampled = upsampleBicubic(map, rows, columns, height, width);
    assert.deepEqual(activationBox(upsampled, width, height), box);
  }
});
