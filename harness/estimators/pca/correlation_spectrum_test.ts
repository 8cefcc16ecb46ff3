import assert from "node:assert/strict";
import { randomStream } from "../../base/mod.ts";
import { openCpu } from "../../device/mod.ts";
import { assertClose } from "../../stats/testdata/assert_close.ts";
import { type Features, featuresInMemory, NonFiniteFeatureError } from "../mod.ts";
import { correlationSpectrum, singularValues } from "./correlation_spectrum.ts";
import { symmetricEigenvalues } from "./symmetric_eigenvalues.ts";

const device = await openCpu(2);

/** Points whose features share a few hidden variables, with means of any size. */
function mixed(points: number, units: number, mean = 3): Features {
  const random = randomStream(5, "mixed");
  const hidden = Float64Array.from({ length: points * 4 }, () => random.normal());
  const weights = Float64Array.from({ length: units * 4 }, () => random.normal());
  const features = featuresInMemory(points, units);
  for (let row = 0; row < points; row++) {
    const values = Float32Array.from({ length: units }, (_, j) => {
      let sum = mean + random.normal();
      for (let h = 0; h < 4; h++) sum += hidden[row * 4 + h]! * weights[j * 4 + h]!;
      return sum;
    });
    features.write(row, values);
  }
  return features;
}

/** The correlation matrix by its definition. */
function correlations(features: Features): Float64Array {
  const { points: n, features: d } = features;
  const values = features.read(0, 0, n);
  const columns = Array.from({ length: d }, (_, j) => {
    const column = Array.from({ length: n }, (_, i) => values[i * d + j]!);
    const mean = column.reduce((sum, value) => sum + value, 0) / n;
    const deviation = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
    return column.map((value) => (value - mean) / deviation);
  });
  return Float64Array.from(
    { length: d * d },
    (_, at) =>
      columns[Math.floor(at / d)]!.reduce((sum, z, i) => sum + z * columns[at % d]![i]!, 0) / n,
  );
}

for (const [points, units] of [[60, 25], [25, 60]] as const) {
  Deno.test(`correlationSpectrum() gives the eigenvalues of the correlation matrix, ${points} x ${units}`, async () => {
    using features = mixed(points, units);
    const { eigenvalues, columns } = await correlationSpectrum(features);
    const wanted = symmetricEigenvalues(correlations(features), units);
    assert.equal(columns, units);
    assert.equal(eigenvalues.length, Math.min(points - 1, units));
    eigenvalues.forEach((value, k) => assertClose(value, wanted[k]!, 1e-5, `${k}`));
  });
}

for (const [points, units] of [[300, 6000], [2400, 470]] as const) {
  Deno.test(`correlationSpectrum() knows its error on a device, ${points} x ${units}`, async () => {
    using features = mixed(points, units, 300);
    const here = await correlationSpectrum(features);
    const there = await correlationSpectrum(features, device);
    const squares = here.eigenvalues.reduce(
      (sum, value, k) => sum + (value - there.eigenvalues[k]!) ** 2,
      0,
    );
    const off = Math.sqrt(squares / here.eigenvalues.length);
    assert.ok(there.eigenvalueError > 0 && off <= there.eigenvalueError, `${off}`);
    assert.ok(there.eigenvalueError < 1e-4 * here.eigenvalues[0]!, `${there.eigenvalueError}`);
    assert.ok(here.eigenvalueError < 1e-10 * here.eigenvalues[0]!, `${here.eigenvalueError}`);
    assert.deepEqual(here.squaredNorms, there.squaredNorms);
    assertClose(there.eigenvalues.reduce((sum, value) => sum + value, 0), units, 1e-6);
  });
}

Deno.test("correlationSpectrum() leaves constant columns out", async () => {
  using features = featuresInMemory(30, 5);
  const random = randomStream(2, "constant");
  features.write(
    0,
    Float32Array.from({ length: 150 }, (_, at) => at % 5 < 2 ? 0.1 : random.normal()),
  );
  const spectrum = await correlationSpectrum(features);
  assert.equal(spectrum.constantColumns, 2);
  assert.equal(spectrum.columns, 3);
  assert.equal(spectrum.eigenvalues.length, 3);
  assertClose(spectrum.eigenvalues.reduce((sum, value) => sum + value, 0), 3, 1e-6);
});

Deno.test("singularValues() square and sum to points x columns", async () => {
  using features = mixed(20, 70);
  const values = singularValues(await correlationSpectrum(features));
  assertClose(values.reduce((sum, value) => sum + value ** 2, 0), 20 * 70, 1e-6);
});

Deno.test("correlationSpectrum() refuses what has no correlation", async () => {
  using constant = featuresInMemory(4, 3);
  await assert.rejects(() => correlationSpectrum(constant), /of 3 features: none varies/);
  using lonely = featuresInMemory(1, 3);
  await assert.rejects(() => correlationSpectrum(lonely), /1 points of 3 features, wanted/);
  using broken = featuresInMemory(2, 3);
  broken.write(0, Float32Array.of(1, 2, NaN, 4, 5, 6));
  await assert.rejects(
    () => correlationSpectrum(broken),
    (error) => error instanceof NonFiniteFeatureError && error.feature === 2,
  );
});
