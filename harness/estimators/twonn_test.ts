import assert from "node:assert/strict";
import fc from "fast-check";
import { permutation, randomStream } from "../base/mod.ts";
import { assertClose } from "../stats/testdata/assert_close.ts";
import { exactDistances } from "./exact_distances.ts";
import { listsFromMatrix } from "./neighbour_lists.ts";
import { fixtures, gaussianCloud, listsOf, onLine } from "./testdata/clouds.ts";
import { logRatios, twonnCensored, twonnFit, twonnUnbiased } from "./twonn.ts";
import { twonnBayes, twonnInterval } from "./twonn_bayes.ts";

const N = 60;
const D = 3;

function ratiosOf(points: Float64Array, n = N, d = D) {
  return logRatios(listsFromMatrix(exactDistances(points, n, d), 2));
}

function estimatesOf(points: Float64Array): number[] {
  const ratios = ratiosOf(points);
  return [
    twonnFit(ratios),
    twonnFit(ratios, 1),
    twonnUnbiased(ratios),
    twonnCensored(ratios),
    twonnBayes(ratios),
  ].map(({ value }) => value);
}

/** The points reflected at a random hyperplane and then at another: a rotation. */
function rotated(points: Float64Array, seed: number): Float64Array {
  const turned = points.slice();
  for (const axis of [gaussianCloud(1, D, seed), gaussianCloud(1, D, seed + 1)]) {
    const length = Math.hypot(...axis);
    for (let i = 0; i < N; i++) {
      const row = turned.subarray(i * D, (i + 1) * D);
      const along = row.reduce((sum, value, f) => sum + value * axis[f]! / length, 0);
      row.forEach((value, f) => row[f] = value - 2 * along * axis[f]! / length);
    }
  }
  return turned;
}

function reordered(points: Float64Array, seed: number): Float64Array {
  const order = permutation(randomStream(seed, "order"), N);
  return Float64Array.from(
    [...order].flatMap((i) => [...points.subarray(i * D, (i + 1) * D)]),
  );
}

const changes: Record<string, (points: Float64Array, seed: number, scale: number) => Float64Array> =
  {
    scaled: (points, _, scale) => points.map((value) => value * scale),
    rotated,
    reordered,
  };

for (const [name, change] of Object.entries(changes)) {
  Deno.test(`TwoNN estimators do not change when points are ${name}`, () => {
    const scale = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(fc.integer(), scale, (seed, factor) => {
        const points = gaussianCloud(N, D, seed);
        const before = estimatesOf(points);
        estimatesOf(change(points, seed, factor)).forEach((value, at) =>
          assertClose(value, before[at]!, 1e-9)
        );
      }),
      { numRuns: 50 },
    );
  });
}

Deno.test("twonnFit() is exactly sum xy / sum xx over the first 90 %", () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom<0 | 1>(0, 1), (seed, offset) => {
      const ratios = ratiosOf(gaussianCloud(N, D, seed));
      const x = [...ratios.sorted].slice(0, 54);
      const y = x.map((_, i) => -Math.log(1 - (i + 1 - offset) / N));
      const xy = x.reduce((sum, value, i) => sum + value * y[i]!, 0);
      const xx = x.reduce((sum, value) => sum + value * value, 0);
      assert.equal(twonnFit(ratios, offset).value, xy / xx);
    }),
    { numRuns: 30 },
  );
});

Deno.test("TwoNN estimators find d when log ratios follow their law", () => {
  const n = 20_000;
  const d = 7;
  const random = randomStream(1, "exponential");
  const sorted = Float64Array.from({ length: n }, () => -Math.log(1 - random.uniform()) / d).sort();
  const ratios = { sorted, duplicates: 0, ties: 0 };
  for (const estimate of [twonnFit(ratios), twonnUnbiased(ratios), twonnCensored(ratios)]) {
    assert.ok(Math.abs(estimate.value - d) < 4 * estimate.standardError, `found ${estimate.value}`);
  }
  const [low, high] = twonnInterval(ratios, 0.999);
  assert.ok(low < d && d < high);
});

Deno.test("twonnInterval() covers d as often as it says", () => {
  const runs = 1000;
  let covered = 0;
  const random = randomStream(2, "coverage");
  for (let run = 0; run < runs; run++) {
    const sorted = Float64Array.from({ length: 20 }, () => -Math.log(1 - random.uniform()) / 5)
      .sort();
    const [low, high] = twonnInterval({ sorted, duplicates: 0, ties: 0 }, 0.9);
    if (low < 5 && 5 < high) covered++;
  }
  const fourDeviations = 4 * Math.sqrt(0.9 * 0.1 / runs);
  assert.ok(Math.abs(covered / runs - 0.9) < fourDeviations, `covered ${covered} of ${runs}`);
});

Deno.test("logRatios() drops duplicated points, which stay neighbours of others", () => {
  const { points } = fixtures.twoGaussians;
  const ratios = logRatios(listsOf([...points, ...points.slice(0, 10)], 2));
  assert.equal(ratios.duplicates, 20);
  assertClose(twonnFit(ratios).value, 1.8365212104698516, 1e-9);
});

Deno.test("logRatios() counts ties when both neighbours are equally far", () => {
  const ratios = logRatios(listsOf(onLine(0, 0, 1, 3, 6, 10), 2));
  assert.deepEqual(
    { ...ratios, sorted: [...ratios.sorted] },
    { sorted: [3 / 2, 4 / 3, 7 / 4].map(Math.log).sort(), duplicates: 2, ties: 1 },
  );
});

Deno.test("logRatios() throws when fewer than three points have a ratio", () => {
  assert.throws(
    () => logRatios(listsOf(onLine(4, 4, 4, 4), 2)),
    /of 4 points 4 have an identical twin and 0 two nearest neighbours at the same distance/,
  );
  assert.throws(() => logRatios(listsOf(onLine(0, 1, 2, 3, 4), 2)), /5 points 0 .* and 3 two/);
});

Deno.test("twonnFit() throws when F = i/N would be fitted to all points", () => {
  assert.throws(() => twonnFit(ratiosOf(gaussianCloud(N, D, 1)), 0, 1), /Cannot fit all 60 ratios/);
});
