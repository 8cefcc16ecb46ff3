/**
 * `deno task bench accuracy [points]`: mean and spread of every estimator on manifolds of known dimension.
 * Writes harness/estimators/accuracy_table.json, or with a number of points only prints its rows for it.
 *
 * @module
 */
import { UsageError } from "../harness/base/mod.ts";
import {
  estimateCloud,
  ESTIMATOR_NAMES,
  type Manifold,
  type ManifoldKind,
} from "../harness/estimators/mod.ts";
import { mean, sampleDeviation } from "../harness/stats/mod.ts";

const SEED = 1;

/** Numbers of points with their repeats. */
const SIZES = [
  { points: 100, repeats: 20 },
  { points: 500, repeats: 10 },
  { points: 2000, repeats: 5 },
];

const DIMENSIONS: Readonly<Record<ManifoldKind, readonly number[]>> = {
  gaussian: [1, 2, 5, 10, 20, 50, 100],
  hypercube: [1, 2, 5, 10, 20, 50, 100],
  sphere: [1, 2, 5, 10, 20, 50, 100],
  swiss_roll: [2],
  torus: [1, 2, 5, 10, 20, 50, 100],
};

const MANIFOLDS: readonly Manifold[] = Object.entries(DIMENSIONS).flatMap(([kind, dimensions]) =>
  dimensions.map((dimension) => ({ kind: kind as ManifoldKind, dimension }))
);

/** Makes the table. */
export async function accuracy([only]: string[]): Promise<void> {
  const sizes = SIZES.filter(({ points }) => only === undefined || points === Number(only));
  if (sizes.length === 0) {
    throw new UsageError(
      `bench accuracy: found "${only}" points, wanted one of ${SIZES.map(({ points }) => points)}`,
    );
  }
  const rows = sizes.flatMap(({ points, repeats }) =>
    MANIFOLDS.map((manifold) => {
      const clouds = Array.from(
        { length: repeats },
        (_, repeat) => estimateCloud(manifold, points, SEED, repeat),
      );
      const estimates = Object.fromEntries(ESTIMATOR_NAMES.map((name) => {
        const values = clouds.map((cloud) => cloud[name]);
        return [name, { mean: mean(values), deviation: sampleDeviation(values) }];
      }));
      console.log(
        `${manifold.kind} d=${manifold.dimension} N=${points}: ` +
          ESTIMATOR_NAMES.map((name) =>
            `${name} ${estimates[name]!.mean.toFixed(2)}+-${estimates[name]!.deviation.toFixed(2)}`
          ).join(", "),
      );
      return { ...manifold, points, repeats, estimates };
    })
  );
  if (only !== undefined) return;
  const table = {
    madeBy: "deno task bench accuracy",
    deviation: "sample standard deviation over the clouds",
    seed: SEED,
    rows,
  };
  const file = new URL("../harness/estimators/accuracy_table.json", import.meta.url);
  await Deno.writeTextFile(file, JSON.stringify(table, null, 2) + "\n");
}
