import assert from "node:assert/strict";
import { assertClose } from "../stats/testdata/assert_close.ts";
import { abide, type AdaptiveEstimate, kStarGride } from "./abide.ts";
import { exactDistances } from "./exact_distances.ts";
import { listsFromMatrix } from "./neighbour_lists.ts";
import { gaussianCloud, listsOf, onLine } from "./testdata/clouds.ts";
import normals from "./testdata/numpy_normals.json" with { type: "json" };

const lists = listsFromMatrix(exactDistances(Float64Array.from(normals.flat), 1000, 2), 400);

/** What NumPy code written for this test from DADApy's formulas gives on the rounded points. */
const IN_NUMPY = {
  kStarGride: {
    iterates: [2.0183709071612053, 1.931508512725072, 1.931249861175091],
    standardError: 0.008428778313556692,
    mean_neighbours: 108.824,
  },
  abide: {
    iterates: [2.0111650350728114, 1.9515744183907333, 1.9516379436325335],
    standardError: 0.0074343851501362055,
    mean_neighbours: 107.413,
  },
};

const CASES = [
  [kStarGride, normals.kstar_gride, IN_NUMPY.kStarGride],
  [abide, normals.kstar_binomial, IN_NUMPY.abide],
] as const;

Deno.test("abide() is refused when all neighbours are equally far", () => {
  // Eight corners of a simplex: every distance is the same.
  const simplex = Float64Array.from({ length: 64 }, (_, at) => at % 9 === 0 ? 1 : 0);
  const equal = listsFromMatrix(exactDistances(simplex, 8, 8), 6);
  assert.throws(() => abide(equal, { initial: 3 }), /0 of 32 neighbours lie within/);
});

for (const [estimator, asserted, inNumpy] of CASES) {
  Deno.test(`${estimator.name}() gives the iterates of DADApy's test`, () => {
    const found: AdaptiveEstimate = estimator(lists, { initial: 5, iterations: 3 });
    asserted.forEach((wanted, at) => assert.ok(Math.abs(found.iterates[at]! - wanted) <= 0.01));
    inNumpy.iterates.forEach((wanted, at) => assertClose(found.iterates[at]!, wanted, 1e-8));
    assert.equal(found.value, found.iterates[2]);
    assertClose(found.standardError, inNumpy.standardError, 1e-8);
    assertClose(found.mean_neighbours, inNumpy.mean_neighbours, 1e-12);
    assert.equal(found.truncated, 0);
  });

  Deno.test(`${estimator.name}() tells when the lists are too short`, () => {
    const short = listsFromMatrix(exactDistances(gaussianCloud(200, 4, 2), 200, 4), 20);
    const { truncated, value } = estimator(short);
    assert.ok(truncated > 0.5 && value > 2.5 && value < 5.5, `${truncated}, ${value}`);
    assert.throws(() => estimator(listsOf(onLine(0, 1, 3, 7, 15), 4)), /4 neighbours are listed/);
  });
}
