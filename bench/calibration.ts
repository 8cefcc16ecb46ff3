/**
 * Writes harness/estimators/calibration_table.json, the bias of TwoNN at finite N: what clouds of known
 * dimension give. Seeded; takes about four minutes.
 *
 * usage: deno run --allow-write=harness/estimators bench/calibration.ts
 *
 * @module
 */
import { type CloudKind, simulate } from "../harness/estimators/simulate.ts";
import { mean, sampleDeviation } from "../harness/stats/mod.ts";

const KINDS: readonly CloudKind[] = ["gaussian", "hypercube"];
const DIMENSIONS = [5, 10, 20, 50, 100, 200, 400, 800];
const SEED = 1;

/** Numbers of points with their repeats: those of the paper's samples, and of narrowed runs. */
const SIZES = [
  { points: 100, repeats: 200 },
  { points: 450, repeats: 50 },
  { points: 1800, repeats: 20 },
  { points: 2500, repeats: 10 },
];

const rows = KINDS.flatMap((kind) =>
  SIZES.flatMap(({ points, repeats }) =>
    DIMENSIONS.map((dimension) => {
      const values = simulate({ kind, dimension, points, repeats, seed: SEED });
      return {
        kind,
        points,
        dimension,
        repeats,
        mean: mean(values),
        deviation: sampleDeviation(values),
      };
    })
  )
);

const table = {
  madeBy: "deno run --allow-write=harness/estimators bench/calibration.ts",
  estimator: "twonn_fit: F = i/N, first 90 %",
  deviation: "sample standard deviation over the clouds",
  seed: SEED,
  rows,
};
const file = new URL("../harness/estimators/calibration_table.json", import.meta.url);
await Deno.writeTextFile(file, JSON.stringify(table, null, 2) + "\n");
