/** Values of DADApy, scikit-dimension and NumPy on two small sets; the fixtures say whose. */
import assert from "node:assert/strict";
import { assertClose } from "../stats/testdata/assert_close.ts";
import { gride } from "./gride.ts";
import { levinaBickel } from "./levina_bickel.ts";
import { fixtures, listsOf } from "./testdata/clouds.ts";
import { logRatios, twonnCensored, twonnFit, twonnUnbiased } from "./twonn.ts";
import { twonnBayes, twonnInterval } from "./twonn_bayes.ts";

const RELATIVE = 1e-9;

for (const [name, { points, expected }] of Object.entries(fixtures)) {
  const lists = listsOf(points, Math.min(64, points.length - 1));
  const ratios = logRatios(lists);
  const n = points.length;

  Deno.test(`TwoNN estimators give NumPy's values on ${name}`, () => {
    const fit = twonnFit(ratios);
    assertClose(fit.value, expected.twonn_fit, RELATIVE);
    assertClose(fit.standardError, expected.twonn_fit / Math.sqrt(n), RELATIVE);
    assertClose(twonnFit(ratios, 1).value, expected.twonn_fit_i_minus_1, RELATIVE);
    assertClose(twonnUnbiased(ratios).value, expected.twonn_mle_unbiased, RELATIVE);
    const censored = twonnCensored(ratios);
    assertClose(censored.value, expected.twonn_mle_censored_90, RELATIVE);
    assertClose(censored.standardError, censored.value / Math.sqrt(0.9 * n), RELATIVE);
    assertClose(twonnBayes(ratios).value, expected.twonn_bayes_gamma_2_5, RELATIVE);
  });

  Deno.test(`twonnInterval() gives SciPy's Gamma quantiles on ${name}`, () => {
    const [low, high] = twonnInterval(ratios, 0.95);
    assertClose(low, expected.twonn_interval_95[0]!, RELATIVE);
    assertClose(high, expected.twonn_interval_95[1]!, RELATIVE);
  });

  Deno.test(`gride() gives NumPy's values on ${name}`, () => {
    const ours = gride(lists);
    assert.equal(ours.length, expected.gride.length);
    for (const [at, { n1, n2, id, err, mean_r }] of expected.gride.entries()) {
      const estimate = ours[at]!;
      assert.deepEqual([estimate.n1, estimate.n2], [n1, n2]);
      assertClose(estimate.id, id, RELATIVE, `id at ${n2}`);
      assertClose(estimate.err, err, RELATIVE, `err at ${n2}`);
      assertClose(estimate.mean_r, mean_r, RELATIVE, `mean_r at ${n2}`);
    }
  });

  Deno.test(`levinaBickel() gives NumPy's values on ${name}`, () => {
    const entries = Object.entries(expected.levina_bickel);
    assert.equal(entries.length, 3);
    for (const [k, wanted] of entries) {
      const ours = levinaBickel(lists, Number(k));
      assertClose(ours.harmonic, wanted.harmonic_mackay, RELATIVE, `harmonic, k = ${k}`);
      assertClose(ours.mean, wanted.mean, RELATIVE, `mean, k = ${k}`);
      assertClose(ours.mean_k_minus_2, wanted.mean_unbiased_k_minus_2, RELATIVE, `k = ${k}`);
      assertClose(ours.median, wanted.median, RELATIVE, `median, k = ${k}`);
    }
  });
}

Deno.test("estimators give what DADApy's tests assert", () => {
  const { points, asserted } = fixtures.twoGaussians;
  const lists = listsOf(points, 64);
  const within = (actual: number, value: number, tolerance: number) =>
    assert.ok(Math.abs(actual - value) <= tolerance, `found ${actual}, wanted ${value}`);
  const { twonn_fit: fit, twonn_bayes_gamma_2_5: bayes } = asserted;
  within(twonnFit(logRatios(lists)).value, fit.value, fit.tolerance);
  within(twonnBayes(logRatios(lists)).value, bayes.value, bayes.tolerance);
  for (const [at, scale] of gride(lists).entries()) {
    for (const key of ["id", "err", "mean_r"] as const) {
      within(scale[key], asserted.gride[key][at]!, asserted.gride.tolerance);
    }
  }
});

Deno.test("estimators give what scikit-dimension's tests assert", () => {
  const { points, asserted } = fixtures.hyperball;
  const lists = listsOf(points, 20);
  const { value, tolerance } = asserted.twonn_fit_i_minus_1;
  assert.ok(Math.abs(twonnFit(logRatios(lists), 1).value - value) <= tolerance);
  const wanted = asserted.levina_bickel;
  assertClose(levinaBickel(lists, 20).harmonic, wanted.harmonic_20, wanted.tolerance);
  assertClose(levinaBickel(lists, 20).mean, wanted.mean_20, wanted.tolerance);
  assertClose(levinaBickel(lists, 5).harmonic, wanted.harmonic_5, wanted.tolerance);
});
