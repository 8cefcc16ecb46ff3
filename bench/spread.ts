/**
 * `deno task bench spread [dimension]`: how far every estimator spreads over Gaussian clouds, in units of
 * its own standard error. Writes harness/estimators/spread_table.json, or with a dimension only prints its
 * row.
 *
 * @module
 */
import { randomStream, UsageError } from "../harness/base/mod.ts";
import { estimatesWithErrors, SPREAD_NAMES } from "../harness/estimators/mod.ts";
import { mean, sampleDeviation } from "../harness/stats/mod.ts";

const SEED = 1;
const POINTS = 400;
const REPEATS = 100;
const DIMENSIONS = [1, 2, 5, 10, 20];

/** Makes the table. */
export async function spread([only]: string[]): Promise<void> {
  const dimensions = DIMENSIONS.filter((one) => only === undefined || one === Number(only));
  if (dimensions.length === 0) {
    throw new UsageError(`bench spread: found "${only}", wanted one of ${DIMENSIONS}`);
  }
  const rows = dimensions.map((dimension) => {
    const clouds = Array.from({ length: REPEATS }, (_, repeat) =>
      estimatesWithErrors(
        { kind: "gaussian", dimension },
        POINTS,
        randomStream(SEED, "spread", dimension, repeat),
      ));
    const estimators = Object.fromEntries(SPREAD_NAMES.map((name) => {
      const values = clouds.map((cloud) => cloud[name].value);
      const error = mean(clouds.map((cloud) => cloud[name].standardError));
      const factor = error === 0 ? 1 : sampleDeviation(values) / error;
      return [name, { mean: mean(values), factor }];
    }));
    console.log(
      `d=${dimension}: ` +
        SPREAD_NAMES.map((name) =>
          `${name} ${estimators[name]!.mean.toFixed(2)} x${estimators[name]!.factor.toFixed(2)}`
        ).join(", "),
    );
    return { dimension, estimators };
  });
  if (only !== undefined) return;
  const table = {
    madeBy: "deno task bench spread",
    clouds: "standard Gaussians",
    factor: "sample standard deviation over the clouds / mean standard error",
    seed: SEED,
    points: POINTS,
    repeats: REPEATS,
    rows,
  };
  const file = new URL("../harness/estimators/spread_table.json", import.meta.url);
  await Deno.writeTextFile(file, JSON.stringify(table, null, 2) + "\n");
}
