import assert from "node:assert/strict";
import { mean, sampleDeviation } from "../stats/mod.ts";
import { assertClose } from "../stats/testdata/assert_close.ts";
import { exactDistances } from "./exact_distances.ts";
import { mindMl } from "./mind_ml.ts";
import { listsFromMatrix } from "./neighbour_lists.ts";
import { fixtures, gaussianCloud, listsOf, onLine } from "./testdata/clouds.ts";

Deno.test("mindMl() gives the value of scikit-dimension's test", () => {
  // Its optimiser stops where the slope of the likelihood is 1e-5.
  assertClose(mindMl(listsOf(fixtures.hyperball.points, 21)).value, 3.696083548872364, 1e-6);
});

Deno.test("mindMl() tells how far it spreads over fresh points", () => {
  const estimates = Array.from(
    { length: 60 },
    (_, seed) => mindMl(listsFromMatrix(exactDistances(gaussianCloud(200, 5, seed), 200, 5), 21)),
  );
  const spread = sampleDeviation(estimates.map(({ value }) => value));
  const told = mean(estimates.map(({ standardError }) => standardError));
  // Their ratio, 0.88 here, is known to a tenth.
  assert.ok(told / spread > 0.7 && told / spread < 1.1, `told ${told}, spread ${spread}`);
});

Deno.test("mindMl() leaves twins out, and is refused when nothing is left", () => {
  const places = [0, 0, 1, 3, 7, 12];
  const d = mindMl(listsOf(onLine(...places), 3), 2).value;
  // The slope of 4 log(2 d) + (d - 1) sum log rho + sum log(1 - rho^d) over the last four points.
  const slope = places.slice(2).reduce((sum, place, at) => {
    const others = places.toSpliced(at + 2, 1).map((other) => Math.abs(other - place));
    const [nearest, , third] = others.sort((a, b) => a - b);
    const log = Math.log(nearest! / third!);
    return sum + 1 / d + log - log / (Math.exp(-d * log) - 1);
  }, 0);
  assert.ok(Math.abs(slope) < 1e-8, `${slope}`);
  assert.throws(
    () => mindMl(listsOf(onLine(...places), 3), 3),
    /Cannot use MiND_MLk with k = 3: 3 neighbours/,
  );
  assert.throws(() => mindMl(listsOf(onLine(1, 1, 1, 1), 3), 2), /likelihood of 0 ratios has no/);
});
