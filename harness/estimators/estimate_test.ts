import assert from "node:assert/strict";
import { randomStream } from "../base/mod.ts";
import { resultSchema } from "../spec/mod.ts";
import { estimateAll } from "./estimate.ts";
import { exactDistances } from "./exact_distances.ts";
import { listsFromMatrix, type NeighbourLists } from "./neighbour_lists.ts";
import { fixtures, gaussianCloud, listsOf, onLine } from "./testdata/clouds.ts";

const groupSchema = resultSchema.shape.networks.element.shape.layers.element.shape.groups.element;

/** The estimates in the place that `result.json` has for them. */
function asGroup({ n, duplicates, hub, estimates }: ReturnType<typeof estimateAll>) {
  const { point: _, ...rest } = hub;
  return { group: "g", n, duplicates, hub: { file: "f", ...rest }, estimates };
}

function cloudOf(n: number, d: number) {
  const matrix = exactDistances(gaussianCloud(n, d, 1), n, d);
  return { matrix, lists: listsFromMatrix(matrix, Math.min(64, n - 1)) };
}

for (const n of [10, 21, 60, 200]) {
  Deno.test(`estimateAll() fits the schema of the result with ${n} points`, () => {
    const { lists, matrix } = cloudOf(n, 5);
    const all = asGroup(estimateAll(lists, matrix, randomStream(1, "estimate")));
    assert.deepEqual(groupSchema.parse(all), all);
    assert.deepEqual(JSON.parse(JSON.stringify(all)), all);
    assert.equal(all.n, n);
    assert.equal(all.estimates.levina_bickel_k20 === null, n <= 20);
    assert.equal(all.estimates.block_analysis.length, Math.floor(n / 20));
  });
}

Deno.test("estimateAll() has no block analysis without a matrix, and the rest unchanged", () => {
  const { lists, matrix } = cloudOf(60, 5);
  const without = estimateAll(lists, undefined, randomStream(1, "estimate"));
  const { estimates: { block_analysis, ...rest }, ...others } = estimateAll(
    lists,
    matrix,
    randomStream(1, "estimate"),
  );
  assert.ok(block_analysis.length > 0);
  assert.deepEqual(without, { ...others, estimates: { ...rest, block_analysis: [] } });
});

Deno.test("estimateAll() counts duplicates and leaves them out of the points", () => {
  const { points } = fixtures.twoGaussians;
  const lists = listsOf([...points, ...points.slice(0, 10)], 64);
  const all = estimateAll(lists, undefined, randomStream(1, "estimate"));
  const nearest = listsOf(points, 1).index;
  const nextToTwins = nearest.filter((neighbour, point) => point >= 10 && neighbour < 10).length;
  assert.ok(nextToTwins > 0);
  assert.deepEqual([all.n, all.duplicates], [90 - nextToTwins, 20]);
  assert.ok(groupSchema.safeParse(asGroup(all)).success);
});

Deno.test("estimateAll() does not change its input", () => {
  const { lists, matrix } = cloudOf(40, 5);
  const before = structuredClone({ lists, matrix });
  estimateAll(lists, matrix, randomStream(1, "estimate"));
  assert.deepEqual({ lists, matrix }, before);
});

Deno.test("estimateAll() throws RangeError when all points are the same or too few", () => {
  const run = (lists: NeighbourLists) => estimateAll(lists, undefined, randomStream(1, "estimate"));
  assert.throws(() => run(listsOf(onLine(...new Array(30).fill(1)), 20)), {
    name: "RangeError",
    message: /of 30 points 30 have an identical twin/,
  });
  assert.throws(() => run(listsOf(onLine(0, 1, 5), 2)), RangeError);
});
