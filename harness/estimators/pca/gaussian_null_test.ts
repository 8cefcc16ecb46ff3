import assert from "node:assert/strict";
import { randomStream } from "../../base/mod.ts";
import { openCpu } from "../../device/mod.ts";
import { mean, populationDeviation } from "../../stats/mod.ts";
import { assertClose } from "../../stats/testdata/assert_close.ts";
import { findNeighbours, logRatios, twonnFit } from "../mod.ts";
import { gaussianNull, type NullScaling } from "./gaussian_null.ts";
import { componentsFor } from "./summary.ts";
import { digitisedVgg16, VGG16 } from "./testdata/digitised_spectrum.ts";

Deno.test("gaussianNull() scales by s/sqrt(n - 1), or by sqrt(s) as the authors' code", () => {
  const spectrum = { singularValues: Float64Array.of(90, 40), points: 101 };
  for (
    const [scaling, wanted] of [["covariance", [9, 4]], [
      "legacy",
      [90, 40].map(Math.sqrt),
    ]] as const
  ) {
    using features = gaussianNull(spectrum, 20_000, randomStream(1, "null"), { scaling });
    const values = features.read(0, 0, 20_000);
    for (const axis of [0, 1]) {
      const along = Array.from({ length: 20_000 }, (_, i) => values[2 * i + axis]!);
      assertClose(populationDeviation(along), wanted[axis]!, 0.02);
      assert.ok(Math.abs(mean(along)) < 0.03 * wanted[axis]!);
    }
  }
});

const N = 2000;
const { points, features: units } = VGG16;
const singularValues = digitisedVgg16();

Deno.test("the digitised spectrum of VGG-16 has a PC-ID near 766", () => {
  const variances = singularValues.map((s) => s ** 2);
  const head = variances.slice(0, 499).reduce((sum, value) => sum + value, 0);
  assertClose(head / (points * units), 0.835, 0.01);
  assertClose(componentsFor(variances, 0.9), 766, 0.04);
});

/**
 * Mean and deviation of one draw over twelve of NumPy's from the same spectrum. The authors' figure, made
 * with `legacy`, shows 193.8.
 */
const SIMULATED: Readonly<Record<NullScaling, { mean: number; deviation: number }>> = {
  legacy: { mean: 195.45, deviation: 6.59 },
  covariance: { mean: 95.33, deviation: 1.96 },
};
const THEIR_DRAWS = 12;
const DRAWS = 2;

for (const [name, { mean: wanted, deviation }] of Object.entries(SIMULATED)) {
  Deno.test(`gaussianNull() of VGG-16's spectrum, ${name}, has ID ${wanted}`, async () => {
    const device = await openCpu(2);
    const scaling = name as NullScaling;
    const values: number[] = [];
    for (let seed = 1; seed <= DRAWS; seed++) {
      const random = randomStream(seed, "null");
      using features = gaussianNull({ singularValues, points }, N, random, { scaling });
      const { lists } = await findNeighbours(device, features, 2);
      values.push(twonnFit(logRatios(lists)).value);
    }
    const allowed = 3 * deviation * Math.sqrt(1 / DRAWS + 1 / THEIR_DRAWS);
    assert.ok(Math.abs(mean(values) - wanted) <= allowed, `found ${values}, wanted ${wanted}`);
  });
}
