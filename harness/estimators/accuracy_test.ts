import assert from "node:assert/strict";
import { mean, sampleDeviation } from "../stats/mod.ts";
import { assertClose } from "../stats/testdata/assert_close.ts";
import { estimateCloud, ESTIMATOR_NAMES } from "./accuracy.ts";
import table from "./accuracy_table.json" with { type: "json" };
import type { ManifoldKind } from "./manifolds.ts";

function row(kind: ManifoldKind, dimension: number, points: number) {
  const found = table.rows.find((row) =>
    row.kind === kind && row.dimension === dimension && row.points === points
  );
  assert.ok(found, `${kind} of dimension ${dimension}, ${points} points`);
  return found;
}

const RECOMPUTED = [
  ["gaussian", 20, 100],
  ["sphere", 5, 100],
  ["torus", 50, 100],
  ["swiss_roll", 2, 500],
] as const;

for (const [kind, dimension, points] of RECOMPUTED) {
  Deno.test(`the accuracy table holds what ${points} points of a ${kind}, d = ${dimension}, give`, () => {
    const { repeats, estimates } = row(kind, dimension, points);
    const clouds = Array.from(
      { length: repeats },
      (_, repeat) => estimateCloud({ kind, dimension }, points, table.seed, repeat),
    );
    for (const name of ESTIMATOR_NAMES) {
      const values = clouds.map((cloud) => cloud[name]);
      assertClose(mean(values), estimates[name].mean, 1e-9, name);
      assertClose(sampleDeviation(values), estimates[name].deviation, 1e-6, name);
    }
  });
}

/** TwoNN on standard Gaussians and unit hypercubes, computed elsewhere: d, mean at N = 450, at 1800. */
const INDEPENDENT: Readonly<Record<"gaussian" | "hypercube", readonly (readonly number[])[]>> = {
  gaussian: [[5, 5.1, 5.1], [10, 9.1, 9.7], [20, 16.0, 17.2], [50, 28.9, 32.4], [100, 44.3, 47.9]],
  hypercube: [[5, 4.7, 4.6], [10, 8.1, 8.5], [20, 14.8, 15.4], [50, 28.7, 30.4], [100, 45.7, 51.0]],
};

for (const [kind, rows] of Object.entries(INDEPENDENT)) {
  Deno.test(`the accuracy table shows the known bias of TwoNN, ${kind}`, () => {
    for (const [dimension, few, many] of rows) {
      for (const [points, wanted] of [[500, few!], [2000, many!]] as const) {
        const { mean, deviation } = row(kind as ManifoldKind, dimension!, points)
          .estimates.twonn_fit;
        // A tenth more points than there raises estimates by less than 2 %; both means have noise.
        const off = Math.abs(mean - wanted);
        assert.ok(
          off <= deviation + 0.02 * wanted + 0.05,
          `d = ${dimension}, N = ${points}: ${mean}`,
        );
      }
    }
  });
}

Deno.test("the accuracy table has every estimator within a tenth of dimensions 1 and 2 without a boundary", () => {
  for (const kind of ["sphere", "torus"] as const) {
    for (const dimension of [1, 2]) {
      const { estimates } = row(kind, dimension, 2000);
      for (const name of ESTIMATOR_NAMES) {
        const { mean } = estimates[name];
        assert.ok(Math.abs(mean / dimension - 1) < 0.1, `${name} on ${kind} ${dimension}: ${mean}`);
      }
    }
  }
});
