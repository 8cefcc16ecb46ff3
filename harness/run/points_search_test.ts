import assert from "node:assert/strict";
import { randomStream, silentProgress } from "../base/mod.ts";
import { openCpu } from "../device/mod.ts";
import { type Features, featuresInMemory } from "../estimators/mod.ts";
import { reachPastHubs } from "./points_search.ts";

const context = {
  device: await openCpu(1),
  progress: silentProgress,
  signal: new AbortController().signal,
};

/** Points far from each other around three that are the nearest neighbours of all. */
function aroundThreeHubs(n: number, d: number): Features {
  const random = randomStream(1, "hubs");
  const rows = Float32Array.from(
    { length: n * d },
    (_, at) => random.normal() * (at < 3 * d ? 0.01 : 1),
  );
  const features = featuresInMemory(n, d);
  features.write(0, rows);
  return features;
}

Deno.test("reachPastHubs() takes longer lists when all listed neighbours are hubs", async () => {
  using features = aroundThreeHubs(300, 50);
  const { lists, all } = await reachPastHubs(features, [3, 64], 1, context);
  assert.equal(lists.k, 64);
  const direct = await reachPastHubs(features, [64], 1, context);
  assert.deepEqual(all, direct.all);
  assert.ok(all.hub.share > 0.3, String(all.hub.share));
});

Deno.test("reachPastHubs() does without the strongest hubs when no list reaches past them", async () => {
  using features = aroundThreeHubs(300, 50);
  const { all } = await reachPastHubs(features, [4], 1, context);
  assert.equal(all.hub.twonn_fit_without_top_1_percent, null);
  assert.ok(all.hub.twonn_fit_without_it > 0);
});

Deno.test("reachPastHubs() keeps short lists when they do", async () => {
  using features = featuresInMemory(300, 2);
  const random = randomStream(1, "plane");
  features.write(0, Float32Array.from({ length: 600 }, () => random.normal()));
  assert.equal((await reachPastHubs(features, [30, 64], 1, context)).lists.k, 30);
});
