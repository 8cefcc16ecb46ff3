import assert from "node:assert/strict";
import { randomStream } from "../base/mod.ts";
import { mean } from "../stats/mod.ts";
import { assertClose } from "../stats/testdata/assert_close.ts";
import { exactDistances } from "./exact_distances.ts";
import { listsFromMatrix } from "./neighbour_lists.ts";
import { subsampleEstimate } from "./subsamples.ts";
import { gaussianCloud } from "./testdata/clouds.ts";
import { logRatios, twonnFit } from "./twonn.ts";

const N = 400;
const lists = listsFromMatrix(exactDistances(gaussianCloud(N, 5, 1), N, 5), 64);

Deno.test("subsampleEstimate() is near the estimate, with 0.6 to 0.8 of d/sqrt(N) as spread", () => {
  const shares = Array.from({ length: 20 }, (_, seed) => {
    const matrix = exactDistances(gaussianCloud(N, 5, seed), N, 5);
    const cloud = listsFromMatrix(matrix, 64);
    const { value, standardError } = twonnFit(logRatios(cloud));
    const estimate = subsampleEstimate(cloud, randomStream(seed, "s"));
    assert.ok(Math.abs(estimate.mean - value) < standardError);
    return estimate.std_population / standardError;
  });
  const share = mean(shares);
  assert.ok(share > 0.6 && share < 0.8, `spread / d/sqrt(N) is ${share}`);
});

Deno.test("subsampleEstimate() of all points is the estimate, without spread", () => {
  const all = subsampleEstimate(lists, randomStream(1, "all"), 3, 1);
  assertClose(all.mean, twonnFit(logRatios(lists)).value, 1e-12);
  assertClose(all.std_population, 0, 1e-12);
  assert.deepEqual([all.repeats, all.fraction], [3, 1]);
});

Deno.test("subsampleEstimate() depends on the random stream alone", () => {
  const run = (seed: number) => subsampleEstimate(lists, randomStream(seed, "s"));
  assert.deepEqual(run(1), run(1));
  assert.notDeepEqual(run(1), run(2));
});
