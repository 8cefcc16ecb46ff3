import assert from "node:assert/strict";
import fc from "fast-check";
import { randomStream, sampleWithoutReplacement } from "../base/mod.ts";
import { exactDistances } from "./exact_distances.ts";
import { listsFromMatrix, listsWithin, restrictLists } from "./neighbour_lists.ts";
import { gaussianCloud, listsOf, onLine } from "./testdata/clouds.ts";

Deno.test("listsFromMatrix() lists neighbours nearest first, ties by index", () => {
  const { index, distance } = listsOf(onLine(0, 1, 3, -1), 3);
  assert.deepEqual([...index], [1, 3, 2, 0, 2, 3, 1, 0, 3, 0, 1, 2]);
  assert.deepEqual([...distance], [1, 1, 3, 1, 2, 2, 2, 3, 4, 1, 2, 4]);
});

Deno.test("listsFromMatrix() agrees with sorting every row", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 20 }),
      (row) => {
        const lists = listsOf(onLine(...row), 3);
        for (const [i, here] of row.entries()) {
          const sorted = [...row.keys()].filter((j) => j !== i)
            .sort((a, b) => Math.abs(row[a]! - here) - Math.abs(row[b]! - here) || a - b);
          assert.deepEqual([...lists.index.subarray(3 * i, 3 * i + 3)], sorted.slice(0, 3));
        }
      },
    ),
  );
});

Deno.test("listsFromMatrix() throws when there are too few points", () => {
  assert.throws(() => listsOf(onLine(0, 1), 2), /Cannot find 2 neighbours: 2 points/);
});

Deno.test("restrictLists() gives what listsWithin() finds in the matrix", () => {
  const n = 80;
  const matrix = exactDistances(gaussianCloud(n, 3, 1), n, 3);
  const lists = listsFromMatrix(matrix, 30);
  for (let seed = 0; seed < 20; seed++) {
    const subset = sampleWithoutReplacement(randomStream(seed, "subset"), n, 60);
    assert.deepEqual(restrictLists(lists, subset, 4), listsWithin(matrix, subset, 4));
  }
});

Deno.test("restrictLists() names the point whose list runs out", () => {
  const lists = listsOf(onLine(0, 1, 2, 50, 51, 52), 2);
  assert.throws(
    () => restrictLists(lists, Int32Array.of(0, 1, 2, 5), 2),
    /point 5 has 0 of its 2 listed neighbours in the subset, wanted 2/,
  );
});
