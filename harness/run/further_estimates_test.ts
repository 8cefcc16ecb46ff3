import assert from "node:assert/strict";
import { randomStream } from "../base/mod.ts";
import { openCpu } from "../device/mod.ts";
import { exactDistances, featuresInMemory, listsFromMatrix } from "../estimators/mod.ts";
import { linearEstimates, listEstimates, matrixEstimates } from "./further_estimates.ts";

/** A flat sheet of two dimensions in five. */
function sheet(n: number): Float32Array<ArrayBuffer> {
  const random = randomStream(1, "sheet");
  const rows = Array.from({ length: n }, () => {
    const [u, v] = [random.uniform(), random.uniform()];
    return [u, v, u + v, u - v, 2 * u + 3 * v];
  });
  return Float32Array.from(rows.flat());
}

const [N, D] = [400, 5];
const points = sheet(N);
const matrix = exactDistances(points, N, D);

Deno.test("listEstimates() finds a sheet's two dimensions by every estimator", () => {
  for (const [name, estimate] of Object.entries(listEstimates(listsFromMatrix(matrix, 64)))) {
    assert.ok(estimate && Math.abs(estimate.value - 2) < 0.25, `${name}: ${estimate?.value}`);
  }
});

Deno.test("matrixEstimates() finds a sheet's two dimensions by every estimator", () => {
  for (const [name, estimate] of Object.entries(matrixEstimates(matrix))) {
    assert.ok(estimate && Math.abs(estimate.value - 2) < 0.25, `${name}: ${estimate?.value}`);
  }
});

Deno.test("linearEstimates() finds a sheet's two components, or none in too large a set", async () => {
  const device = await openCpu(1);
  using features = featuresInMemory(N, D);
  features.write(0, points);
  assert.equal((await linearEstimates(features, device))?.n90, 2);
  using large = featuresInMemory(4097, 4097);
  assert.equal(await linearEstimates(large, device), null);
});

Deno.test("listEstimates() and matrixEstimates() give null when points are too few", () => {
  const few = exactDistances(sheet(20), 20, D);
  assert.equal(listEstimates(listsFromMatrix(few, 3)).mind_ml_k20, null);
  assert.equal(listEstimates(listsFromMatrix(few, 3)).abide, null);
  assert.deepEqual(matrixEstimates(few), { correlation_dimension: null, local_pca_k50: null });
});
