import assert from "node:assert/strict";
import { luminanceOffsets } from "./luminance_offsets.ts";
import { meanAndStdWith } from "./mean_and_std.ts";
import { labelledMnist } from "./mnist.ts";
import { someImages } from "./testdata/some_images.ts";

/** Straight from the definition. */
function byDefinition(values: readonly number[]): { mean: number; std: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, std: Math.sqrt(variance) };
}

function assertClose(found: number, wanted: number): void {
  assert.ok(Math.abs(found - wanted) <= 1e-12 * Math.abs(wanted), `${found}, wanted ${wanted}`);
}

Deno.test("meanAndStdWith() agrees with the definition, with offsets and without", () => {
  for (const channels of [1, 3] as const) {
    const images = someImages(channels);
    for (const offsets of [null, luminanceOffsets(6, 1000, 2)]) {
      const { mean, std } = meanAndStdWith(images, offsets);
      assert.equal(mean.length, channels);
      for (let c = 0; c < channels; c++) {
        const values = [...images.pixels].flatMap((level, at) =>
          at % channels === c ? [level / 255 + (offsets?.[Math.floor(at / channels / 2)] ?? 0)] : []
        );
        const wanted = byDefinition(values);
        assertClose(mean[c]!, wanted.mean);
        assertClose(std[c]!, wanted.std);
      }
    }
  }
});

Deno.test("meanAndStdWith() gives the numbers that everybody uses for MNIST", async () => {
  const { mean, std } = meanAndStdWith(await labelledMnist("train"), null);
  assert.deepEqual([mean[0]!.toFixed(4), std[0]!.toFixed(4)], ["0.1307", "0.3081"]);
});

Deno.test("meanAndStdWith() refuses pixels without spread and a wrong number of offsets", () => {
  const images = someImages();
  assert.throws(
    () => meanAndStdWith({ ...images, pixels: new Uint8Array(12).fill(7) }, null),
    /^RunError: Cannot normalise 6 images: all pixels of channel 0 are equal, wanted a spread$/,
  );
  assert.throws(() => meanAndStdWith(images, [1, 2]), /Cannot add 2 offsets to 6 images/);
});
