import assert from "node:assert/strict";
import { assertClose } from "../stats/testdata/assert_close.ts";
import { exactDistances } from "./exact_distances.ts";
import { localPca, localPcaDimensions } from "./local_pca.ts";
import { fixtures, gaussianCloud } from "./testdata/clouds.ts";

const { points } = fixtures.hyperball;
const hyperball = exactDistances(Float64Array.from(points.flat()), 30, 10);

Deno.test("localPcaDimensions() gives scikit-dimension's 5 where neighbourhoods are all other points", () => {
  assert.deepEqual(localPcaDimensions(hyperball, 29), Array.from({ length: 30 }, () => 5));
});

Deno.test("localPcaDimensions() gives NumPy's counts from coordinates", () => {
  // For each point: eigvalsh(cov(its 6 nearest neighbours)), those above a tenth of the largest.
  const wanted = [
    4,
    3,
    4,
    3,
    3,
    3,
    4,
    3,
    4,
    3,
    3,
    4,
    3,
    3,
    3,
    3,
    3,
    3,
    3,
    3,
    4,
    3,
    2,
    3,
    4,
    3,
    3,
    3,
    3,
    3,
  ];
  assert.deepEqual(localPcaDimensions(hyperball, 6, 0.1), wanted);
});

Deno.test("localPca() averages the local dimensions", () => {
  const local = localPcaDimensions(hyperball, 6, 0.1);
  const { value, standardError, k } = localPca(hyperball, 6, 0.1);
  const mean = local.reduce((sum, count) => sum + count, 0) / 30;
  const variance = local.reduce((sum, count) => sum + (count - mean) ** 2, 0) / 29;
  assert.equal(k, 6);
  assertClose(value, mean, 1e-14);
  assertClose(standardError, Math.sqrt(variance * 6 / 30), 1e-12);
});

Deno.test("localPca() finds a plane in space exactly", () => {
  const plane = gaussianCloud(200, 2, 1);
  const inSpace = Float64Array.from(
    { length: 600 },
    (_, at) =>
      at % 3 === 2 ? plane[2 * Math.floor(at / 3)]! : plane[2 * Math.floor(at / 3) + at % 3]!,
  );
  const { value, standardError, median } = localPca(exactDistances(inSpace, 200, 3), 50);
  assert.deepEqual([value, standardError, median], [2, 0, 2]);
});
