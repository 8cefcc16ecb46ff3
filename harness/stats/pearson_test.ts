import assert from "node:assert/strict";
import { randomStream } from "../base/mod.ts";
import { bcaProbabilities } from "./bca.ts";
import { bootstrapInterval } from "./bootstrap.ts";
import { leaveOneOut } from "./leave_one_out.ts";
import { quantile } from "./moments.ts";
import { correlationPValue, fisherInterval, pearsonCorrelation, type Point } from "./pearson.ts";
import { assertClose } from "./testdata/assert_close.ts";
import reference from "./testdata/correlation_reference.json" with { type: "json" };

const figure4 = Object.freeze(
  reference.correlations.find(({ name }) => name === "Figure 4")!.points.map(Object.freeze),
) as readonly Point[];

Deno.test("pearsonCorrelation() and correlationPValue() give SciPy's values", () => {
  for (const { name, points, pearson } of reference.correlations) {
    const r = pearsonCorrelation(points);
    assertClose(r, pearson.r, 1e-12, name);
    assertClose(correlationPValue(r, points.length), pearson.pValue, 1e-9, `p of ${name}`);
  }
});

Deno.test("fisherInterval() gives SciPy's intervals", () => {
  let intervals = 0;
  for (const { name, points, pearson, fisher } of reference.correlations) {
    for (const [level, wanted] of Object.entries(fisher ?? {})) {
      const [low, high] = fisherInterval(pearson.r, points.length, Number(level));
      assertClose(low, wanted[0]!, 1e-9, name);
      assertClose(high, wanted[1]!, 1e-9, name);
      intervals++;
    }
  }
  assert.equal(intervals, 18);
});

Deno.test("leaveOneOut() of a correlation gives SciPy's values", () => {
  for (const { name, points, leftOut } of reference.correlations) {
    for (const [at, r] of leaveOneOut(points, pearsonCorrelation).entries()) {
      if (points.length > 3) assertClose(r, leftOut[at]!, 1e-11, `${name} without ${at}`);
    }
  }
});

Deno.test("bootstrap intervals of a correlation are SciPy's, the BCa form from the same resamples", () => {
  const { level, resampled, BCa } = reference.bootstrap;
  const observed = pearsonCorrelation(figure4);
  const leftOut = leaveOneOut(figure4, pearsonCorrelation);
  const at = bcaProbabilities({ level, statistics: resampled, observed, leftOut });
  assertClose(quantile(resampled, at[0]), BCa[0]!, 1e-10);
  assertClose(quantile(resampled, at[1]), BCa[1]!, 1e-10);
  const options = { level, repeats: 1000, method: "bca" } as const;
  const [low, high] = bootstrapInterval(
    figure4,
    pearsonCorrelation,
    randomStream(1, "r"),
    options,
  );
  assert.ok(low > 0.7 && low < 0.9 && high > 0.97 && high < 1, `found ${low} to ${high}`);
});

Deno.test("pearsonCorrelation() is NaN when x or y does not vary, and 1 on a line", () => {
  assert.equal(pearsonCorrelation([{ x: 0.1, y: 1 }, { x: 0.1, y: 2 }, { x: 0.1, y: 3 }]), NaN);
  assert.equal(pearsonCorrelation([]), NaN);
  const line = [1, 2, 4, 8].map((x) => ({ x, y: 3 * x - 1 }));
  assertClose(pearsonCorrelation(line), 1, 1e-15);
  assert.ok(pearsonCorrelation(line) <= 1);
});

Deno.test("correlationPValue() is 1 without and 0 with a perfect correlation", () => {
  assert.deepEqual([correlationPValue(0, 5), correlationPValue(-1, 5)], [1, 0]);
  assert.deepEqual(fisherInterval(1, 5, 0.95), [1, 1]);
});

Deno.test("correlationPValue() and fisherInterval() throw with too few points or no correlation", () => {
  assert.throws(() => correlationPValue(0.5, 2), /r 0.5 over 2 points/);
  assert.throws(() => correlationPValue(NaN, 9), RangeError);
  assert.throws(() => fisherInterval(0.5, 3, 0.95), /at least 4/);
});

Deno.test("correlationPValue() is uniform and fisherInterval() covers 0 when nothing correlates", () => {
  const random = randomStream(1, "null");
  const runs = 2000;
  let [small, covered] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const points = Array.from({ length: 8 }, () => ({ x: random.normal(), y: random.normal() }));
    const r = pearsonCorrelation(points);
    const [low, high] = fisherInterval(r, 8, 0.95);
    if (correlationPValue(r, 8) < 0.05) small++;
    if (low < 0 && high > 0) covered++;
  }
  const fourDeviations = 4 * Math.sqrt(0.95 * 0.05 / runs);
  assert.ok(Math.abs(small / runs - 0.05) < fourDeviations, `${small} of ${runs} below 0.05`);
  assert.ok(Math.abs(covered / runs - 0.95) < fourDeviations, `covered ${covered} of ${runs}`);
});
