import assert from "node:assert/strict";
import { assertClose } from "../stats/testdata/assert_close.ts";
import { fixtures, listsOf } from "./testdata/clouds.ts";
import { logRatios, twonnUnbiased } from "./twonn.ts";
import { twonnBayes } from "./twonn_bayes.ts";

const ratios = logRatios(listsOf(fixtures.twoGaussians.points, 2));

Deno.test("twonnBayes() gives mean and deviation of the Gamma posterior", () => {
  const { value, standardError } = twonnBayes(ratios, { shape: 2, rate: 5 });
  assertClose(standardError, value / Math.sqrt(102), 1e-14);
});

Deno.test("twonnBayes() is the unbiased estimate when the prior is Gamma(-1, 0)", () => {
  assertClose(twonnBayes(ratios, { shape: -1, rate: 0 }).value, twonnUnbiased(ratios).value, 1e-14);
});

Deno.test("twonnBayes() moves to the prior's mean when the prior is strong", () => {
  const { value } = twonnBayes(ratios, { shape: 9e9, rate: 1e9 });
  assert.ok(Math.abs(value - 9) < 1e-5);
});
