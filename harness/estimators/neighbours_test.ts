import assert from "node:assert/strict";
import fc from "fast-check";
import { type RandomStream, randomStream } from "../base/mod.ts";
import { openCpu } from "../device/mod.ts";
import {
  exactDistances,
  type Features,
  featuresInFile,
  featuresInMemory,
  findNeighbours,
  listsFromMatrix,
  logRatios,
  NonFiniteFeatureError,
  twonnFit,
} from "./mod.ts";

const device = await openCpu(2);

/** More products than the exact path takes, so that Gram matrices are used. */
const POINTS = 400;
const UNITS = 9000;

function fill(
  features: Features,
  value: (random: RandomStream, row: number) => number,
): Float32Array {
  const random = randomStream(1, "points");
  const { points, features: units } = features;
  const rows = new Float32Array(points * units);
  for (let i = 0; i < rows.length; i++) rows[i] = value(random, Math.floor(i / units));
  for (let row = 0; row < points; row += 50) {
    features.write(row, rows.slice(row * units, Math.min(row + 50, points) * units));
  }
  return rows;
}

const CASES: Record<string, (random: RandomStream, row: number) => number> = {
  "Gaussian points": (random) => random.normal(),
  "a mean a thousand times the spread": (random) => 1000 + random.normal(),
  "points of very different length": (random, row) => random.normal() * 2 ** (row % 20),
  "pairs of near twins": (random, row) =>
    Math.sin(Math.floor(row / 2) * 7919 + 13) * 10 + 1e-3 * random.normal(),
};

for (const [name, value] of Object.entries(CASES)) {
  Deno.test(`findNeighbours() gives exact first and second neighbours for ${name}`, async () => {
    using features = featuresInMemory(POINTS, UNITS);
    const rows = fill(features, value);
    const { lists } = await findNeighbours(device, features, 20);
    const exact = listsFromMatrix(exactDistances(rows, POINTS, UNITS), 20);
    for (let i = 0; i < POINTS; i++) {
      for (let rank = 0; rank < 20; rank++) {
        const at = i * 20 + rank;
        const error = Math.abs(lists.distance[at]! / exact.distance[at]! - 1);
        assert.ok(error <= (rank < 2 ? 1e-12 : 5e-5), `point ${i}, rank ${rank}: off by ${error}`);
        if (rank < 2) assert.equal(lists.index[at], exact.index[at]);
      }
    }
  });
}

Deno.test("findNeighbours() gives the same from a file as from memory", async () => {
  const folder = await Deno.makeTempDir();
  try {
    using inMemory = featuresInMemory(POINTS, UNITS);
    using inFile = featuresInFile(POINTS, UNITS, `${folder}/features`);
    fill(inMemory, (random) => random.normal());
    fill(inFile, (random) => random.normal());
    const [a, b] = [
      await findNeighbours(device, inMemory, 5),
      await findNeighbours(device, inFile, 5),
    ];
    assert.deepEqual(a, b);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("findNeighbours() works across tiles when there are many points", async () => {
  const n = 4500;
  const d = 40;
  using features = featuresInMemory(n, d);
  const rows = fill(features, (random) => random.normal());
  const { lists, matrix } = await findNeighbours(device, features, 2);
  assert.equal(matrix, undefined);
  const exact = listsFromMatrix(exactDistances(rows, n, d), 2);
  assert.deepEqual(lists.index, exact.index);
  const ours = twonnFit(logRatios(lists)).value;
  assert.ok(Math.abs(ours / twonnFit(logRatios(exact)).value - 1) < 1e-12);
});

Deno.test("findNeighbours() gives the right distances when very many are equal", async () => {
  const n = 2100;
  using features = featuresInMemory(n, 2);
  const random = randomStream(1, "lattice");
  const rows = Float32Array.from({ length: n * 2 }, () => random.integer(30));
  features.write(0, rows);
  const { lists } = await findNeighbours(device, features, 9);
  const exact = listsFromMatrix(exactDistances(rows, n, 2), 9);
  for (const [at, distance] of lists.distance.entries()) {
    const wanted = exact.distance[at]!;
    const tolerance = at % 9 < 2 ? 0 : 5e-5 * wanted;
    assert.ok(Math.abs(distance - wanted) <= tolerance, `${at}: ${distance}, wanted ${wanted}`);
  }
});

Deno.test("findNeighbours() tells which share of the pairs is compared, and stops", async () => {
  using features = featuresInMemory(2100, 3);
  fill(features, (random) => random.normal());
  const shares: number[] = [];
  await findNeighbours(device, features, 2, { onShare: (share) => shares.push(share) });
  assert.deepEqual(shares, shares.toSorted((a, b) => a - b));
  assert.equal(shares.length, 6);
  assert.equal(shares.at(-1), 1);

  const controller = new AbortController();
  const stopped = findNeighbours(device, features, 2, {
    signal: controller.signal,
    onShare: () => controller.abort(),
  });
  await assert.rejects(stopped, { name: "AbortError" });
});

Deno.test("findNeighbours() gives zero distances when all points are the same", async () => {
  using features = featuresInMemory(POINTS, UNITS);
  fill(features, () => 0.25);
  const { lists } = await findNeighbours(device, features, 2);
  assert.ok(lists.distance.every((distance) => distance === 0));
  assert.throws(() => logRatios(lists), /400 have an identical twin/);
});

for (const units of [30, UNITS]) {
  for (const value of [NaN, Infinity]) {
    Deno.test(`findNeighbours() names point and feature of ${value} among ${units}`, async () => {
      using features = featuresInMemory(POINTS, units);
      fill(features, (random) => random.normal());
      const row = Float32Array.from({ length: units }, (_, unit) => unit === 17 ? value : 0);
      features.write(123, row);
      await assert.rejects(
        () => findNeighbours(device, features, 2),
        (error) =>
          error instanceof NonFiniteFeatureError && error.point === 123 && error.feature === 17,
      );
    });
  }
}

Deno.test("twonnFit() does not change when points are scaled, moved, turned or reordered", () => {
  fc.assert(
    fc.property(fc.integer(), fc.double({ min: 0.01, max: 100, noNaN: true }), (seed, scale) => {
      const random = randomStream(seed, "invariance");
      const n = 60;
      const points = Float64Array.from({ length: n * 2 }, () => random.normal());
      const angle = random.uniform() * 2 * Math.PI;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const moved = new Float64Array(n * 2);
      for (let i = 0; i < n; i++) {
        const [x, y] = [points[2 * i]!, points[2 * i + 1]!];
        moved[2 * (n - 1 - i)] = scale * (cos * x - sin * y + 3);
        moved[2 * (n - 1 - i) + 1] = scale * (sin * x + cos * y - 5);
      }
      const fit = (values: Float64Array) =>
        twonnFit(logRatios(listsFromMatrix(exactDistances(values, n, 2), 2))).value;
      assert.ok(Math.abs(fit(moved) / fit(points) - 1) < 1e-9);
    }),
  );
});
