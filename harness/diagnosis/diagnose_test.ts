import assert from "node:assert/strict";
import type { GroupResult, NetworkResult } from "../spec/mod.ts";
import { network } from "../claims/testdata/networks.ts";
import { diagnose } from "./mod.ts";

const HUMP = [15, 60, 120, 70, 30, 15, 12];
const FLAT = [15, 16, 17, 16, 15, 14, 10];

const HUB = { share: 0.4, file: "grey.png", twonn_fit_without_top_1_percent: 300 };

/** The same network with other units or another group at each layer. */
function changed(
  one: NetworkResult,
  units: (at: number) => number,
  group: (group: GroupResult, at: number) => GroupResult = (group) => group,
): NetworkResult {
  return {
    ...one,
    layers: one.layers.map((layer, at) => ({
      ...layer,
      units: units(at),
      groups: layer.groups.map((one) => group(one, at)),
    })),
  };
}

function concerns(model: NetworkResult, twin?: NetworkResult): string[] {
  return diagnose(model, twin).filter(({ concern }) => concern).map(({ id }) => id);
}

const twin = network("twin", FLAT, "untrained");

Deno.test("diagnose() of a hump over a flat twin is only concerned about the height of the peak", () => {
  const findings = diagnose(network("hump", HUMP), twin);
  assert.deepEqual(findings.map(({ id, concern }) => [id, concern]), [
    ["few-samples", true],
    ["contraction", false],
    ["untrained-twin", false],
    ["last-hidden", false],
    ["papers-profiles", false],
    ["hubs", false],
  ]);
  const [few, falls] = findings;
  assert.match(
    few!.seen,
    /^4 of 7 layers have an ID above 20 \(the highest 1[12]\d\); with N = 400/,
  );
  assert.match(falls!.seen, /at "layer2" to .* at "layer5", the last hidden layer: by a factor of/);
});

Deno.test("diagnose() finds a profile that stays high: no contraction, high last hidden layer", () => {
  const high = network("high", [15, 60, 90, 100, 110, 120, 40]);
  assert.deepEqual(concerns(high, twin), ["contraction", "last-hidden", "few-samples"]);
});

Deno.test("diagnose() finds a network that is like its twin", () => {
  assert.ok(concerns(network("flat", FLAT), twin).includes("untrained-twin"));
  const humped = network("humped twin", HUMP, "untrained");
  assert.ok(
    concerns(network("hump", HUMP.map((id) => 0.9 * id)), humped).includes("untrained-twin"),
  );
});

Deno.test("diagnose() finds a narrow layer, and no narrow output", () => {
  const narrow = changed(network("hump", HUMP), (at) => at === 4 || at === 6 ? 32 : 10_000);
  const found = diagnose(narrow, twin).filter(({ id }) => id === "bottleneck");
  assert.equal(found.length, 1);
  assert.match(found[0]!.seen, /^it has 32 units for a representation of ID 7\d\.?\d? at "layer3"/);
});

Deno.test("diagnose() finds hubs at the peak only", () => {
  const model = network("hump", HUMP);
  const hubAt = (place: number) =>
    changed(
      model,
      () => 10_000,
      (group, at) => at === place ? { ...group, hub: { ...group.hub, ...HUB } } : group,
    );
  assert.ok(concerns(hubAt(2), twin).includes("hubs"));
  assert.ok(!concerns(hubAt(4), twin).includes("hubs"));
  const found = diagnose(hubAt(2), twin).find(({ id }) => id === "hubs");
  assert.match(found!.seen, /grey\.png is the nearest neighbour of 40 %.* the ID is 300 in place/);
});

Deno.test("diagnose() compares the last hidden layer with Gaussian points of the same covariance", () => {
  const size = { blocks: 1, points: 400, legacy: { mean: 90, std_population: 1 } };
  const withNull = (flat: number) =>
    changed(network("hump", HUMP), () => 10_000, (group, at) =>
      at !== 5 ? group : {
        ...group,
        pca: {
          points: 400,
          features: 10_000,
          constant_features: 0,
          n90: 120,
          ansuini_pc_id: 119,
          participation_ratio: 30,
          participation_ratio_corrected: 31,
          gap: null,
          eigenvalue_error: 0,
          eigenvalues: { count: 400, sum: 400, rank: [1], value: [400] },
          gaussian_null: {
            twonn_fit_standardised: 16,
            repeats: 3,
            sizes: [{ ...size, covariance: { mean: flat, std_population: 1 } }],
          },
        },
      });
  const findings = [48, 16].map((flat) =>
    diagnose(withNull(flat), twin).find(({ id }) => id === "curvature")!
  );
  assert.match(findings[0]!.title, /is curved/);
  assert.match(findings[0]!.seen, /at "layer5" 90 % of the variance take 120 .* a factor of 3 \(/);
  assert.match(findings[1]!.title, /nearly as high-dimensional as a flat one/);
});

Deno.test("diagnose() of a single group takes the asymptotic interval", () => {
  const model = network("hump", HUMP);
  const single = {
    ...model,
    layers: model.layers.map((layer) => ({ ...layer, groups: layer.groups.slice(0, 1) })),
  };
  const last = diagnose(single, undefined).find(({ id }) => id === "last-hidden");
  const { value, standardError } = single.layers[5]!.groups[0]!.estimates.twonn_fit;
  const low = Number((value - 1.959964 * standardError).toPrecision(3));
  assert.ok(last!.seen.includes(`(${low} to `), last!.seen);
});

Deno.test("diagnose() has little to say about a network without inner layers", () => {
  assert.deepEqual(diagnose(network("short", [15, 10]), twin).map(({ id }) => id), ["few-samples"]);
});

Deno.test("diagnose() lays the shape beside the paper's profiles, and its error where it is known", () => {
  const known = { images: 500, classes: 1000, top1: 0.8, top5: 0.95, labels: "by classes.json" };
  const findings = diagnose(network("hump", HUMP), twin, known);
  const of = (id: string) => findings.find((finding) => finding.id === id)!;
  const shape = of("papers-profiles");
  assert.match(shape.seen, /peak \/ last hidden layer [\d.]+ \(there 3\.09 to 5\.8\d?, outside\)/);
  assert.match(shape.title, /^In \d of 3 respects/);
  assert.match(of("last-hidden").seen, /error on these 500 images: 20 % \(top-5 5 %\)/);
});
