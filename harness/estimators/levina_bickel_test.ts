import assert from "node:assert/strict";
import { sampleDeviation } from "../stats/mod.ts";
import { assertClose } from "../stats/testdata/assert_close.ts";
import { levinaBickel, levinaBickelEstimates, localDimensions } from "./levina_bickel.ts";
import { listsOf, onLine } from "./testdata/clouds.ts";

const lists = listsOf(onLine(0, 1, 3, 7), 3);

Deno.test("localDimensions() is (k - 1) over the log distances to the k-th", () => {
  const [first] = localDimensions(lists, 3);
  assertClose(first!, 2 / (Math.log(7) + Math.log(7 / 3)), 1e-14);
  assert.equal(localDimensions(lists, 3).length, 4);
});

Deno.test("levinaBickel() averages the local estimates in four ways", () => {
  const local = localDimensions(lists, 3);
  const mean = local.reduce((sum, value) => sum + value, 0) / 4;
  const [, second, third] = local.toSorted((a, b) => a - b);
  const ours = levinaBickel(lists, 3);
  assertClose(ours.mean, mean, 1e-14);
  assertClose(ours.mean_k_minus_2, mean / 2, 1e-14);
  assertClose(ours.median, (second! + third!) / 2, 1e-14);
  assertClose(ours.harmonic, 4 / local.reduce((sum, value) => sum + 1 / value, 0), 1e-14);
});

Deno.test("localDimensions() leaves out twins and points whose neighbours are equally far", () => {
  const unlike = listsOf(onLine(0, 0, 5, 10, 100), 2);
  assert.equal(localDimensions(unlike, 2).length, 2);
  assert.ok(Number.isFinite(levinaBickel(unlike, 2).mean));
});

Deno.test("localDimensions() throws when neighbours are missing or no point has an estimate", () => {
  assert.throws(() => localDimensions(lists, 4), /Cannot use 4 neighbours: 3 are listed/);
  assert.throws(() => localDimensions(lists, 1), RangeError);
  assert.throws(() => localDimensions(listsOf(onLine(2, 2, 2), 2), 2), /each of 3 points/);
});

Deno.test("levinaBickelEstimates() adds the errors of independent neighbourhoods", () => {
  const local = localDimensions(lists, 3);
  const plain = levinaBickel(lists, 3);
  const { harmonic, mean, mean_k_minus_2, median } = levinaBickelEstimates(lists, 3);
  const error = sampleDeviation(local) / 2;
  assert.deepEqual(
    { ...plain },
    {
      harmonic: harmonic.value,
      mean: mean.value,
      mean_k_minus_2: mean_k_minus_2.value,
      median: median.value,
    },
  );
  assertClose(harmonic.standardError, plain.harmonic / Math.sqrt(4 * 2), 1e-14);
  assertClose(mean.standardError, error, 1e-14);
  assertClose(mean_k_minus_2.standardError, error / 2, 1e-14);
  assertClose(median.standardError, error * Math.sqrt(Math.PI / 2), 1e-14);
});
