import assert from "node:assert/strict";
import { randomStream } from "../base/mod.ts";
import { bcaProbabilities } from "./bca.ts";
import { bootstrapInterval } from "./bootstrap.ts";
import { mean, quantile, sampleDeviation } from "./moments.ts";
import { assertClose } from "./testdata/assert_close.ts";
import reference from "./testdata/reference.json" with { type: "json" };

const { values, level, resampled, observed, leftOut, percentile, BCa } = reference.bootstrap;

Deno.test("quantile() of SciPy's resamples gives SciPy's percentile interval", () => {
  assertClose(quantile(resampled, (1 - level) / 2), percentile[0]!, 1e-12);
  assertClose(quantile(resampled, (1 + level) / 2), percentile[1]!, 1e-12);
});

Deno.test("bcaProbabilities() of SciPy's resamples gives SciPy's BCa interval", () => {
  const [low, high] = bcaProbabilities({ level, statistics: resampled, observed, leftOut });
  assertClose(quantile(resampled, low), BCa[0]!, 1e-10);
  assertClose(quantile(resampled, high), BCa[1]!, 1e-10);
});

Deno.test("bcaProbabilities() changes nothing when there is neither bias nor skewness", () => {
  const input = { level: 0.9, statistics: [1, 2, 3, 4], observed: 2.5, leftOut: [1, 2, 3] };
  const [low, high] = bcaProbabilities(input);
  assertClose(low, 0.05, 1e-9);
  assertClose(high, 0.95, 1e-9);
});

Deno.test("bcaProbabilities() throws when all resamples lie on one side", () => {
  const input = { level: 0.9, statistics: [3, 4], observed: 2, leftOut: [1, 2] };
  assert.throws(() => bcaProbabilities(input), /a share 0 of 2 resamples/);
});

Deno.test("bootstrapInterval() comes close to SciPy's intervals with other resamples", () => {
  const frozen = Object.freeze([...values]);
  const within = 0.1 * observed;
  for (const [method, wanted] of [["percentile", percentile], ["bca", BCa]] as const) {
    const random = randomStream(3, "bootstrap", method);
    const options = { level, repeats: 4000, method };
    const [low, high] = bootstrapInterval(frozen, sampleDeviation, random, options);
    assert.ok(Math.abs(low - wanted[0]!) < within, `${method}: found ${low}, wanted ${wanted[0]}`);
    assert.ok(
      Math.abs(high - wanted[1]!) < within,
      `${method}: found ${high}, wanted ${wanted[1]}`,
    );
  }
});

Deno.test("bootstrapInterval() gives the same when the stream is the same", () => {
  const interval = () =>
    bootstrapInterval(values, mean, randomStream(5, "same"), { level: 0.9, repeats: 100 });
  assert.deepEqual(interval(), interval());
});

Deno.test("bootstrapInterval() leaves out resamples without a finite statistic, up to half", () => {
  const random = randomStream(5, "infinite");
  const spread = (sample: readonly number[]) => 1 / sampleDeviation(sample);
  const [low, high] = bootstrapInterval([1, 2, 3], spread, random, { level: 0.9, repeats: 200 });
  assert.ok(Number.isFinite(low) && low < high && Number.isFinite(high));
  assert.throws(
    () => bootstrapInterval([1, 1, 1], spread, random, { level: 0.9, repeats: 200 }),
    /0 of 200 resamples have a finite statistic/,
  );
});
