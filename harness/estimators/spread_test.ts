import assert from "node:assert/strict";
import { randomStream } from "../base/mod.ts";
import { mean } from "../stats/mod.ts";
import { assertClose } from "../stats/testdata/assert_close.ts";
import { calibratedInterval, estimatesWithErrors, SPREAD_NAMES, spreadFactor } from "./spread.ts";
import table from "./spread_table.json" with { type: "json" };

const LEVEL = 0.95;

/** Clouds like those of the table, drawn anew. */
function clouds(dimension: number, points: number, repeats: number) {
  return Array.from({ length: repeats }, (_, repeat) =>
    estimatesWithErrors(
      { kind: "gaussian", dimension },
      points,
      randomStream(7, "coverage", dimension, repeat),
    ));
}

Deno.test("the table of spreads holds every estimator, its estimates ascending", () => {
  for (const name of SPREAD_NAMES) {
    const rows = table.rows.map(({ estimators }) => estimators[name]);
    assert.deepEqual(
      rows.map(({ mean }) => mean),
      rows.map(({ mean }) => mean).toSorted((a, b) => a - b),
    );
    for (const { factor } of rows) assert.ok(factor > 0.1 && factor < 3, `${name}: ${factor}`);
  }
});

Deno.test("spreadFactor() gives the rows of the table, and what lies between and beyond them", () => {
  const [first, second] = table.rows.map(({ estimators }) => estimators.twonn_fit);
  assertClose(spreadFactor("twonn_fit", second!.mean), second!.factor, 1e-12);
  const middle = Math.sqrt(first!.mean * second!.mean);
  assertClose(spreadFactor("twonn_fit", middle), (first!.factor + second!.factor) / 2, 1e-12);
  assert.equal(spreadFactor("twonn_fit", 0.1), first!.factor);
  assert.equal(spreadFactor("twonn_fit", 900), table.rows.at(-1)!.estimators.twonn_fit.factor);
});

const drawn = clouds(5, 200, 40);

for (const name of SPREAD_NAMES) {
  Deno.test(`calibratedInterval() of ${name} covers the mean over clouds about as often as it says`, () => {
    const centre = mean(drawn.map((cloud) => cloud[name].value));
    const covered = drawn.filter((cloud) => {
      const [low, high] = calibratedInterval(name, cloud[name], LEVEL);
      return low <= centre && centre <= high;
    }).length;
    // Of 40 intervals of 95 % fewer than 33 cover in one test of 3000.
    assert.ok(covered >= 33, `${covered} of 40`);
  });
}
