import assert from "node:assert/strict";
import type { GroupResult, NetworkResult } from "../spec/mod.ts";
import { hubSurvival } from "./hub_survival.ts";
import { claim, network } from "./testdata/networks.ts";

const HUMP = [15, 40, 80, 40, 20, 15, 12];
const CLAIMS = [claim("hunch.interior-peak", 1.5), claim("hunch.hub-robust", 1.5)];

/** The network with other hub-resistant estimates. */
function withHubs(one: NetworkResult, without: (id: number) => number | null): NetworkResult {
  const changed = (group: GroupResult) => ({
    ...group,
    hub: {
      ...group.hub,
      twonn_fit_without_top_1_percent: without(group.estimates.twonn_fit.value),
    },
  });
  const layers = one.layers.map((layer) => ({ ...layer, groups: layer.groups.map(changed) }));
  return { ...one, layers };
}

const verdicts = (networks: readonly NetworkResult[]) =>
  hubSurvival(CLAIMS, networks, []).map(({ claim, subject, checks }) => [
    claim,
    subject,
    Object.fromEntries(checks.map(({ estimate, verdict }) => [estimate, verdict])),
  ]);

Deno.test("hubSurvival() repeats each check with estimates that withstand hubs", () => {
  const flat = withHubs(network("vgg", HUMP), () => 15);
  assert.deepEqual(
    verdicts([flat]),
    ["rise", "fall"].map((part) => [
      "hunch.interior-peak",
      `vgg: ${part}`,
      {
        twonn_fit: "reproduced",
        twonn_fit_without_it: "reproduced",
        twonn_fit_without_top_1_percent: "not reproduced",
      },
    ]),
  );
});

Deno.test("hubSurvival() leaves out an estimate that a group lacks", () => {
  const lacking = withHubs(network("vgg", HUMP), () => null);
  for (const [, , found] of verdicts([lacking])) {
    assert.deepEqual(Object.keys(found!), ["twonn_fit", "twonn_fit_without_it"]);
  }
});

Deno.test("hubSurvival() is empty where no claim is about profiles", () => {
  assert.deepEqual(hubSurvival([claim("hunch.hub-robust", 1.5)], [network("vgg", HUMP)], []), []);
});
