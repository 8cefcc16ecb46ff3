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
  assert.ok(told / spread > 0.75 && told / spread < 1.35, `told ${told}, spread ${spread}`);
});

Deno.test("mindMl() leaves twins out, and is refused when nothing is left", () => {
  const withTwin = listsOf(onLine(0, 0, 1, 3, 7, 12), 3);
  const alone = [3, 4, 5, 6].map((_, at) => withTwin.distance[(at + 2) * 3]!);
  assert.ok(alone.every((distance) => distance > 0));
  assert.ok(mindMl(withTwin, 2).value > 0);
  assert.throws(() => mindMl(withTwin, 3), /Cannot use MiND_MLk with k = 3: 3 neighbours/);
  assert.throws(() => mindMl(listsOf(onLine(1, 1, 1, 1), 3), 2), /likelihood of 0 ratios has no/);
});
