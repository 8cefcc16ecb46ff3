import assert from "node:assert/strict";
import { assertClose } from "../stats/testdata/assert_close.ts";
import reference from "../stats/testdata/reference.json" with { type: "json" };
import { exactDistances } from "./exact_distances.ts";
import { hubness } from "./hubness.ts";
import { listsFromMatrix, type NeighbourLists } from "./neighbour_lists.ts";
import { gaussianCloud, listsOf } from "./testdata/clouds.ts";
import { logRatios, twonnFit } from "./twonn.ts";

const N = 120;
const D = 200;
const HUB = 7;

/** A Gaussian in many dimensions with one point, or two, put near its centre. */
function cloud(...hubs: readonly number[]): Float64Array {
  const points = gaussianCloud(N, D, 1);
  for (const [rank, hub] of hubs.entries()) {
    for (let f = 0; f < D; f++) points[hub * D + f] = f === 0 ? 0.5 * rank : 0;
  }
  return points;
}

function without(points: Float64Array, ...removed: readonly number[]): number {
  const kept = points.filter((_, at) => !removed.includes(Math.floor(at / D)));
  const n = N - removed.length;
  return twonnFit(logRatios(listsFromMatrix(exactDistances(kept, n, D), 2))).value;
}

Deno.test("hubness() finds the point that is everybody's neighbour and estimates without it", () => {
  const points = cloud(HUB);
  const found = hubness(listsFromMatrix(exactDistances(points, N, D), 64));
  assert.equal(found.point, HUB);
  assert.equal(found.nearest_neighbour_of, N - 1);
  assertClose(found.share, (N - 1) / N, 1e-14);
  assert.equal(found.distinct_nearest_neighbours, 2);
  assertClose(found.skewness, 10.73, 0.01);
  assertClose(found.twonn_fit_without_it, without(points, HUB), 1e-12);
});

Deno.test("hubness() removes the ceil(n/100) strongest hubs", () => {
  const points = cloud(HUB, 30);
  const found = hubness(listsFromMatrix(exactDistances(points, N, D), 64));
  assert.equal(found.point, HUB);
  assertClose(found.twonn_fit_without_top_1_percent!, without(points, HUB, 30), 1e-12);
});

/** Lists of all others in which each point is so many times nearest neighbour. */
function listsWithCounts(counts: readonly number[]): NeighbourLists {
  const n = counts.length;
  const nearest = counts.flatMap((count, at) => Array<number>(count).fill(at)).toReversed();
  const rows = nearest.map((first, i) => {
    assert.notEqual(first, i);
    return [first, ...counts.keys().filter((at) => at !== i && at !== first)];
  });
  const distance = rows.flatMap((row, i) => row.map((_, rank) => 1 + rank + i / (3 * n)));
  const index = Int32Array.from(rows.flat());
  return { n, k: n - 1, index, distance: Float64Array.from(distance) };
}

Deno.test("hubness() gives SciPy's skewness", () => {
  assert.equal(reference.skewness.length, 2);
  for (const { counts, value } of reference.skewness) {
    const found = hubness(listsWithCounts(counts));
    assert.equal(found.nearest_neighbour_of, Math.max(...counts));
    assertClose(found.skewness, value, 1e-12);
  }
});

Deno.test("hubness() names the first of equals, with skewness 0 when all are equal", () => {
  const pairs = Array.from({ length: 20 }, (_, i) => [i * i * 100, i * i * 100 + 1 + i / 100])
    .flat().map((place) => [place]);
  const found = hubness(listsOf(pairs, 39));
  assert.deepEqual([found.point, found.nearest_neighbour_of, found.skewness], [0, 1, 0]);
});

Deno.test("hubness() throws when lists are too short to see beyond the hubs", () => {
  assert.throws(
    () => hubness(listsFromMatrix(exactDistances(cloud(HUB), N, D), 2)),
    /has 1 of its 2 listed neighbours in the subset, wanted 2/,
  );
});

Deno.test("hubness() has no estimate without the strongest hubs when lists end before them", () => {
  const points = gaussianCloud(300, D, 1);
  for (let at = 0; at < 3 * D; at++) points[at] = points[at]! / 100;
  const lists = (k: number) => listsFromMatrix(exactDistances(points, 300, D), k);
  assert.equal(hubness(lists(3)).twonn_fit_without_top_1_percent, null);
  assert.ok(hubness(lists(5)).twonn_fit_without_top_1_percent! > 0);
});
