import assert from "node:assert/strict";
import { randomStream } from "../base/mod.ts";
import { populationDeviation } from "../stats/mod.ts";
import { assertClose } from "../stats/testdata/assert_close.ts";
import { blockAnalysis } from "./block_analysis.ts";
import { exactDistances } from "./exact_distances.ts";
import { listsFromMatrix } from "./neighbour_lists.ts";
import { gaussianCloud } from "./testdata/clouds.ts";
import { logRatios, twonnFit } from "./twonn.ts";

const N = 103;
const points = gaussianCloud(N, 3, 1);
const matrix = exactDistances(points, N, 3);

Deno.test("blockAnalysis() goes on while blocks have 20 points", () => {
  const shapes = blockAnalysis(matrix, randomStream(1, "blocks"))
    .map(({ blocks, points }) => [blocks, points]);
  assert.deepEqual(shapes, [[1, 103], [2, 51], [3, 34], [4, 25], [5, 20]]);
});

Deno.test("blockAnalysis() with one block is the estimate on all points, without spread", () => {
  const [one] = blockAnalysis(matrix, randomStream(1, "blocks"), 1);
  assertClose(one!.mean, twonnFit(logRatios(listsFromMatrix(matrix, 2))).value, 1e-12);
  assert.equal(one!.std_population, 0);
});

Deno.test("blockAnalysis() estimates on contiguous blocks when there is no random stream", () => {
  const halves = [0, 51].map((first) => {
    const half = exactDistances(points.slice(3 * first, 3 * (first + 51)), 51, 3);
    return twonnFit(logRatios(listsFromMatrix(half, 2))).value;
  });
  const [, two] = blockAnalysis(matrix, undefined, 2);
  assertClose(two!.mean, (halves[0]! + halves[1]!) / 2, 1e-12);
  assertClose(two!.std_population, populationDeviation(halves), 1e-12);
});

Deno.test("blockAnalysis() depends on the random stream alone", () => {
  const run = (seed: number) => blockAnalysis(matrix, randomStream(seed, "blocks"));
  assert.deepEqual(run(1), run(1));
  assert.notDeepEqual(run(1), run(2));
});
