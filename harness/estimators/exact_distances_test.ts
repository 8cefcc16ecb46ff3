import assert from "node:assert/strict";
import { exactDistances } from "./exact_distances.ts";
import { NonFiniteFeatureError } from "./non_finite.ts";

Deno.test("exactDistances() gives all squared distances", () => {
  const { n, squared } = exactDistances(Float64Array.of(0, 0, 3, 4, 0, 1), 3, 2);
  assert.equal(n, 3);
  assert.deepEqual([...squared], [0, 25, 1, 25, 0, 18, 1, 18, 0]);
});

Deno.test("exactDistances() keeps its digits when the mean is a million times the spread", () => {
  const points = Float32Array.of(1e6, 1e6 + 0.0625, 1e6 + 0.25);
  assert.deepEqual([...exactDistances(points, 3, 1).squared.subarray(1, 3)], [2 ** -8, 2 ** -4]);
});

Deno.test("exactDistances() throws when values are missing or not finite", () => {
  assert.throws(
    () => exactDistances(Float64Array.of(1, 2), 4, 1),
    /2 values, wanted 4 points of 1/,
  );
  assert.throws(
    () => exactDistances(Float64Array.of(1, 2, 3, NaN), 2, 2),
    new NonFiniteFeatureError(1, 1, NaN),
  );
});
