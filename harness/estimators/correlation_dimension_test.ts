import assert from "node:assert/strict";
import { mean, sampleDeviation } from "../stats/mod.ts";
import { assertClose } from "../stats/testdata/assert_close.ts";
import { correlationDimension } from "./correlation_dimension.ts";
import { exactDistances } from "./exact_distances.ts";
import { fixtures, gaussianCloud } from "./testdata/clouds.ts";

Deno.test("correlationDimension() gives the value of scikit-dimension's test", () => {
  const { points } = fixtures.hyperball;
  const matrix = exactDistances(Float64Array.from(points.flat()), 30, 10);
  assertClose(correlationDimension(matrix).value, 2.9309171335492548, 1e-12);
});

Deno.test("correlationDimension() tells at least how far it spreads over fresh points", () => {
  const estimates = Array.from(
    { length: 60 },
    (_, seed) => correlationDimension(exactDistances(gaussianCloud(200, 3, seed), 200, 3)),
  );
  const spread = sampleDeviation(estimates.map(({ value }) => value));
  const told = mean(estimates.map(({ standardError }) => standardError));
  // Their ratio, 1.25 here, is known to a tenth.
  assert.ok(told / spread > 1 && told / spread < 1.5, `told ${told}, spread ${spread}`);
});

Deno.test("correlationDimension() is refused without points or without scale", () => {
  const few = exactDistances(gaussianCloud(20, 3, 1), 20, 3);
  assert.throws(() => correlationDimension(few), /Cannot find 20 neighbours: 20 points/);
  const twins = exactDistances(new Float64Array(40), 40, 1);
  assert.throws(() => correlationDimension(twins), /0 neighbours within r1 = 0, r2 = 0/);
});
