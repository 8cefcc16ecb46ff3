import assert from "node:assert/strict";
import fc from "fast-check";
import { equivalentDimension } from "./calibration.ts";
import table from "./calibration_table.json" with { type: "json" };
import { type CloudKind, simulate } from "./simulate.ts";

const KINDS: readonly CloudKind[] = ["gaussian", "hypercube"];

/** An independent table of the same clouds: d, then mean and spread at N = 450, mean at N = 1800. */
const INDEPENDENT: Readonly<Record<CloudKind, readonly (readonly number[])[]>> = {
  gaussian: [
    [5, 5.1, 0.3, 5.1],
    [10, 9.1, 0.6, 9.7],
    [20, 16.0, 1.0, 17.2],
    [50, 28.9, 1.0, 32.4],
    [100, 44.3, 1.7, 47.9],
    [200, 66.8, 3.3, 72.7],
    [400, 97.8, 6.7, 103],
  ],
  hypercube: [
    [5, 4.7, 0.2, 4.6],
    [10, 8.1, 0.5, 8.5],
    [20, 14.8, 0.5, 15.4],
    [50, 28.7, 1.1, 30.4],
    [100, 45.7, 1.7, 51.0],
    [200, 71.2, 4.1, 76.4],
    [400, 102.7, 3.0, 114],
  ],
};

function row(kind: string, points: number, dimension: number) {
  return table.rows.find((row) =>
    row.kind === kind && row.points === points && row.dimension === dimension
  )!;
}

for (const kind of KINDS) {
  Deno.test(`the calibration table lies within the spread of an independent one, ${kind}`, () => {
    for (const [d, mean, spread, meanOfMany] of INDEPENDENT[kind]) {
      const few = row(kind, 450, d!);
      assert.ok(Math.abs(few.mean - mean!) <= spread!, `d = ${d}: ${few.mean}, wanted ${mean}`);
      // Its spread at N = 1800 is not known, so two of ours, and half of its last digit.
      const many = row(kind, 1800, d!);
      const allowed = 2 * many.deviation + (meanOfMany! > 100 ? 0.5 : 0.05);
      assert.ok(
        Math.abs(many.mean - meanOfMany!) <= allowed,
        `d = ${d}: ${many.mean}, wanted ${meanOfMany}`,
      );
    }
  });

  Deno.test(`equivalentDimension() gives back the dimensions of the table, ${kind}`, () => {
    const rows = table.rows.filter((row) => row.kind === kind);
    assert.equal(rows.length, 32);
    for (const { points, dimension, mean } of rows) {
      const found = equivalentDimension(mean, points, kind);
      assert.ok("dimension" in found && Math.abs(found.dimension / dimension - 1) < 1e-9);
    }
  });

  Deno.test(`equivalentDimension() grows with the estimate, ${kind}`, () => {
    const estimate = fc.double({ min: 5.2, max: 120, noNaN: true });
    const points = fc.integer({ min: 100, max: 2500 });
    fc.assert(
      fc.property(estimate, estimate, points, (a, b, n) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
          .map((value) => equivalentDimension(value, n, kind));
        assert.ok("dimension" in low! && "dimension" in high!);
        assert.ok(low.dimension <= high.dimension);
        assert.ok(low.dimension >= 5 && high.dimension <= 800);
      }),
    );
  });
}

Deno.test("equivalentDimension() says that 100 at N = 500 is what a Gaussian of about 400 gives", () => {
  const found = equivalentDimension(100, 500, "gaussian");
  assert.ok("dimension" in found && found.dimension > 370 && found.dimension < 450);
});

Deno.test("equivalentDimension() finds the dimension of fresh clouds at N between the table's", () => {
  for (const kind of KINDS) {
    const [estimate] = simulate({ kind, dimension: 30, points: 700, repeats: 1, seed: 77 });
    const found = equivalentDimension(estimate!, 700, kind);
    assert.ok("dimension" in found && Math.abs(found.dimension / 30 - 1) < 0.25, kind);
  }
});

Deno.test("equivalentDimension() says what lies beyond the table", () => {
  assert.deepEqual(equivalentDimension(20, 60, "gaussian"), {
    beyondTable: "N = 60 lies outside 100 to 2500 points",
  });
  for (
    const [estimate, what] of [[2, /below 5\.\d+, which dimension 5 gives/], [
      500,
      /above \d+, which dimension 800 gives/,
    ]] as const
  ) {
    const found = equivalentDimension(estimate, 450, "gaussian");
    assert.ok("beyondTable" in found);
    assert.match(found.beyondTable, what);
  }
  assert.ok("beyondTable" in equivalentDimension(NaN, 450, "gaussian"));
});

Deno.test("simulate() gives the values of the table again", () => {
  const first = row("hypercube", 100, 5);
  const { repeats, mean } = first;
  const values = simulate({
    kind: "hypercube",
    dimension: 5,
    points: 100,
    repeats,
    seed: table.seed,
  });
  const again = values.reduce((sum, value) => sum + value, 0) / repeats;
  assert.ok(Math.abs(again / mean - 1) < 1e-12);
});
