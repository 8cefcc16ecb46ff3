import assert from "node:assert/strict";
import { randomStream } from "../base/mod.ts";
import { openCpu } from "../device/mod.ts";
import { featuresInMemory } from "../estimators/mod.ts";
import { logarithmicRanks, profilePca } from "./profile_pca.ts";

const device = await openCpu(1);
const N = 400;
const WIDTH = 20;

/** Points on a flat or a curved surface, turned into all directions, with one constant feature. */
function surface(shape: (a: number, b: number) => readonly number[]) {
  const random = randomStream(4, "surface");
  const axes = shape(0, 0).map(() => Array.from({ length: WIDTH }, () => random.normal()));
  const features = featuresInMemory(N, WIDTH + 1);
  for (let row = 0; row < N; row++) {
    const place = shape(random.uniform(), random.uniform());
    const values = new Float32Array(WIDTH + 1).fill(3);
    for (let j = 0; j < WIDTH; j++) {
      values[j] = place.reduce((sum, x, at) => sum + x * axes[at]![j]!, 0);
    }
    features.write(row, values);
  }
  return features;
}

const flat = (a: number, b: number) => [a, b];

/** A torus in six dimensions: ID 2. */
const torus = (a: number, b: number) =>
  [1, 2, 3].flatMap((k) => [Math.cos(2 * Math.PI * k * a), Math.sin(2 * Math.PI * k * b)]);

async function pcaOf(shape: typeof torus, nullBlocks: number[] | undefined) {
  const temporaryFolder = await Deno.makeTempDir();
  using features = surface(shape);
  try {
    return await profilePca(features, {
      device,
      temporaryFolder,
      gaussians: nullBlocks && { nullBlocks, nullRepeats: 3 },
      randomOf: (...axes) => randomStream(1, ...axes),
    });
  } finally {
    assert.deepEqual([...Deno.readDirSync(temporaryFolder)], []);
    await Deno.remove(temporaryFolder);
  }
}

Deno.test("profilePca() finds the components of a flat surface and the gap after them", async () => {
  const { n90, gap, points, features, constant_features, eigenvalues, gaussian_null } = await pcaOf(
    flat,
    undefined,
  );
  assert.equal(n90, 2);
  assert.ok(gap!.rank === 2 && gap!.ratio > 1e4);
  assert.deepEqual([points, features, constant_features], [N, WIDTH + 1, 1]);
  assert.equal(eigenvalues.count, WIDTH);
  assert.ok(Math.abs(eigenvalues.sum - WIDTH) < 1e-3);
  assert.equal(eigenvalues.rank.length, eigenvalues.value.length);
  assert.equal(gaussian_null, null);
});

Deno.test("profilePca() shows that a torus is curved: its Gaussian has a larger ID", async () => {
  const { n90, gaussian_null } = await pcaOf(torus, [1, 2, 50]);
  assert.ok(n90 > 2);
  const { twonn_fit_standardised, repeats, sizes } = gaussian_null!;
  assert.ok(Math.abs(twonn_fit_standardised - 2) < 0.4, `${twonn_fit_standardised}`);
  assert.equal(repeats, 3);
  assert.deepEqual(sizes.map(({ blocks, points }) => [blocks, points]), [[1, N], [2, N / 2]]);
  for (const { covariance, legacy } of sizes) {
    assert.ok(covariance.mean > 3.5, `${covariance.mean}`);
    assert.ok(legacy.mean > covariance.mean - covariance.std_population);
  }
});

Deno.test("profilePca() gives the same numbers twice", async () => {
  assert.deepEqual(await pcaOf(torus, [2]), await pcaOf(torus, [2]));
});

Deno.test("logarithmicRanks() goes from the first to the last, each rank once", () => {
  assert.deepEqual(logarithmicRanks(1), [1]);
  const ranks = logarithmicRanks(1439);
  assert.deepEqual([ranks[0], ranks[1], ranks.at(-1)], [1, 2, 1439]);
  assert.ok(ranks.length < 60);
  for (const [at, rank] of ranks.entries()) assert.ok(at === 0 || rank > ranks[at - 1]!);
});
