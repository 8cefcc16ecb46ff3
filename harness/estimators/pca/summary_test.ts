import assert from "node:assert/strict";
import { randomStream } from "../../base/mod.ts";
import { mean } from "../../stats/mod.ts";
import { assertClose } from "../../stats/testdata/assert_close.ts";
import { type CorrelationSpectrum, correlationSpectrum, featuresInMemory } from "../mod.ts";
import {
  componentsFor,
  correctedParticipationRatio,
  fukunagaOlsen,
  largestGap,
  participationRatio,
  pcaSummary,
} from "./summary.ts";
import { symmetricEigenvalues } from "./symmetric_eigenvalues.ts";

Deno.test("componentsFor() counts the components that hold more than a share", () => {
  const eigenvalues = Float64Array.of(5, 3, 1, 1);
  assert.equal(componentsFor(eigenvalues, 0.79), 2);
  assert.equal(componentsFor(eigenvalues, 0.8), 3);
  assert.equal(componentsFor(eigenvalues, 0.9), 4);
});

Deno.test("participationRatio() is the number of equal eigenvalues", () => {
  assert.equal(participationRatio(Float64Array.of(2, 2, 2, 0)), 3);
  assert.equal(participationRatio(Float64Array.of(3, 1)), 1.6);
});

Deno.test("fukunagaOlsen() counts eigenvalues above a share of the largest", () => {
  assert.equal(fukunagaOlsen(Float64Array.of(100, 6, 5, 1)), 2);
});

Deno.test("largestGap() looks no farther than told", () => {
  const eigenvalues = Float64Array.of(8, 4, 1, 0.9, 0.001, 0);
  assert.deepEqual(largestGap(eigenvalues, 3), { rank: 2, ratio: 4 });
  assert.deepEqual(largestGap(eigenvalues, 6), { rank: 4, ratio: 900 });
  assert.equal(largestGap(Float64Array.of(1), 1), undefined);
});

/** A spectrum of rows as they are, neither centred by columns' deviations nor scaled. */
function covarianceSpectrum(rows: readonly (readonly number[])[]): CorrelationSpectrum {
  const n = rows.length;
  const d = rows[0]!.length;
  const means = rows[0]!.map((_, j) => mean(rows.map((row) => row[j]!)));
  const centred = rows.map((row) => row.map((value, j) => value - means[j]!));
  const covariance = Float64Array.from(
    { length: d * d },
    (_, at) => mean(centred.map((row) => row[Math.floor(at / d)]! * row[at % d]!)),
  );
  return {
    eigenvalues: symmetricEigenvalues(covariance, d),
    points: n,
    columns: d,
    constantColumns: 0,
    squaredNorms: Float64Array.from(
      centred,
      (row) => row.reduce((sum, value) => sum + value ** 2, 0),
    ),
    eigenvalueError: 0,
  };
}

Deno.test("correctedParticipationRatio() is the mean over quadruples of different points", () => {
  const random = randomStream(3, "quadruples");
  const rows = Array.from({ length: 7 }, () => [1, 2, 3].map((s) => 5 + s * random.normal()));
  const dot = (i: number, j: number, k: number, l: number) =>
    rows[0]!.reduce(
      (sum, _, f) => sum + (rows[i]![f]! - rows[j]![f]!) * (rows[k]![f]! - rows[l]![f]!),
      0,
    );
  let above = 0;
  let below = 0;
  for (let i = 0; i < 7; i++) {
    for (let j = 0; j < 7; j++) {
      for (let k = 0; k < 7; k++) {
        for (let l = 0; l < 7; l++) {
          if (new Set([i, j, k, l]).size < 4) continue;
          above += dot(i, j, i, j) * dot(k, l, k, l);
          below += dot(i, j, k, l) ** 2;
        }
      }
    }
  }
  assertClose(correctedParticipationRatio(covarianceSpectrum(rows))!, above / below, 1e-12);
});

Deno.test("correctedParticipationRatio() finds the number of independent features from few points", async () => {
  const naive: number[] = [];
  const corrected: number[] = [];
  for (let repeat = 0; repeat < 20; repeat++) {
    const random = randomStream(repeat, "isotropic");
    using features = featuresInMemory(40, 100);
    features.write(0, Float32Array.from({ length: 4000 }, () => random.normal()));
    const summary = pcaSummary(await correlationSpectrum(features));
    naive.push(summary.participation_ratio);
    corrected.push(summary.participation_ratio_corrected!);
  }
  // 1 / (1/100 + 1/40) = 28.6 is what 40 points let the naive ratio see.
  assert.ok(Math.abs(mean(naive) - 28.6) < 1, `${mean(naive)}`);
  assert.ok(Math.abs(mean(corrected) - 100) < 10, `${mean(corrected)}`);
});

Deno.test("pcaSummary() tells PC-ID as a number and as the authors' index", async () => {
  using features = featuresInMemory(200, 12);
  const random = randomStream(9, "plane");
  for (let row = 0; row < 200; row++) {
    const [a, b, c] = [random.normal(), random.normal(), random.normal()];
    features.write(
      row,
      Float32Array.from(
        { length: 12 },
        (_, j) => j === 11 ? 1 : [a, b, c][j % 3]! + 1e-3 * random.normal(),
      ),
    );
  }
  const summary = pcaSummary(await correlationSpectrum(features));
  assert.equal(summary.n90, 3);
  assert.equal(summary.ansuini_pc_id, 2);
  assert.equal(summary.constant_features, 1);
  assert.equal(summary.gap!.rank, 3);
  assert.ok(summary.gap!.ratio > 1e4);
});
