import assert from "node:assert/strict";
import { assertClose } from "../stats/testdata/assert_close.ts";
import { exactDistances } from "./exact_distances.ts";
import { gride } from "./gride.ts";
import { listsFromMatrix } from "./neighbour_lists.ts";
import { gaussianCloud, listsOf } from "./testdata/clouds.ts";
import { logRatios, twonnUnbiased } from "./twonn.ts";

const lists = listsFromMatrix(exactDistances(gaussianCloud(300, 4, 1), 300, 4), 70);

Deno.test("gride() is the unbiased TwoNN at ranks 1 and 2", () => {
  assertClose(gride(lists)[0]!.id, twonnUnbiased(logRatios(lists)).value, 1e-9);
});

Deno.test("gride() doubles ranks up to 64 or to the neighbours there are", () => {
  assert.deepEqual(gride(lists).map(({ n2 }) => n2), [2, 4, 8, 16, 32, 64]);
  assert.deepEqual(gride(lists, 16).map(({ n2 }) => n2), [2, 4, 8, 16]);
  const ten = listsFromMatrix(exactDistances(gaussianCloud(11, 2, 1), 11, 2), 10);
  assert.deepEqual(gride(ten).map(({ n2 }) => n2), [2, 4, 8]);
});

Deno.test("gride() finds the dimension of a Gaussian at every scale within its error", () => {
  for (const { id, err, n2 } of gride(lists, 16)) {
    assert.ok(Math.abs(id - 4) < 4 * err, `ranks up to ${n2}: found ${id} +- ${err}`);
  }
});

Deno.test("gride() uses points whose two neighbours are equally far as ratios of 1", () => {
  const places = Array.from({ length: 40 }, (_, i) => [i < 6 ? i : i * i]);
  const [first] = gride(listsOf(places, 4));
  assert.ok(first!.id > 0.1 && first!.err > 0, `found ${first!.id} +- ${first!.err}`);
});

Deno.test("gride() leaves out scales without a root", () => {
  const equallyFar = Array.from(
    { length: 30 },
    (_, i) => Array.from({ length: 30 }, (_, f) => i === f ? 1 : 0),
  );
  assert.deepEqual(gride(listsOf(equallyFar, 20)), []);
  const pairs = Array.from({ length: 30 }, (_, i) => [Math.floor(i / 2) ** 2]);
  assert.deepEqual(gride(listsOf(pairs, 8)).map(({ n1 }) => n1), [2, 4]);
});
