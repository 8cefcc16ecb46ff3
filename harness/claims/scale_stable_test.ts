import assert from "node:assert/strict";
import type { ClaimResult, NetworkResult } from "../spec/mod.ts";
import { checkClaims } from "./mod.ts";
import { publishedSlopes } from "./scale_stable.ts";
import { claim, network } from "./testdata/networks.ts";

const SIZES = [1440, 720, 288, 144, 72];

/** A network whose layers follow power laws in N with the given exponents, the last being the output. */
function scaled(exponents: readonly number[]): NetworkResult {
  const plain = network("vgg", exponents.map(() => 10));
  return {
    ...plain,
    layers: plain.layers.map((layer, at) => ({
      ...layer,
      groups: layer.groups.map((group) => {
        const id = group.estimates.twonn_fit.value;
        // Each group's own exponent: 10 % of noise, by the noise of its estimate.
        const exponent = exponents[at]! + (id / 10 - 1) / 5;
        return {
          ...group,
          estimates: {
            ...group.estimates,
            gride: [{ n1: 1, n2: 2, id, err: 1, mean_r: 1 }],
            block_analysis: SIZES.map((points) => ({
              blocks: Math.round(SIZES[0]! / points),
              points,
              mean: id * (points / SIZES[0]!) ** exponent,
              std_population: 0,
            })),
          },
        };
      }),
    })),
  };
}

function check(net: NetworkResult): ClaimResult[] {
  return checkClaims([claim("scale.stable", 0.23)], [net], []);
}

Deno.test("scale.stable is reproduced at layers whose ID does not move with N", () => {
  const results = check(scaled([0, 0.5, 0.1, -0.5, -0.1]));
  assert.deepEqual(results.map(({ verdict }) => verdict), [
    "reproduced",
    "not reproduced",
    "reproduced",
    "not reproduced",
    "reproduced",
  ]);
  assert.ok(Math.abs(results[1]!.estimate! - 0.5) < 0.02);
  assert.ok(results[0]!.pValue! < 0.05 && results[1]!.pValue! > 0.95);
});

Deno.test("scale.stable is inconclusive at the edge of the tolerance", () => {
  assert.equal(check(scaled([0.23, 0.23])).at(-1)!.verdict, "inconclusive");
});

Deno.test("scale.stable gates at the four layers before the end only, and where the network does", () => {
  const severities = (net: NetworkResult) => check(net).map(({ severity }) => severity);
  const net = scaled([0, 0, 0, 0, 0]);
  assert.deepEqual(severities(net), ["info", "gate", "gate", "gate", "gate"]);
  assert.ok(severities({ ...net, gates: false }).every((severity) => severity === "info"));
});

Deno.test("scale.stable is inconclusive with two groups, or without blocks", () => {
  const net = scaled([0, 0]);
  const two = {
    ...net,
    layers: net.layers.map((layer) => ({ ...layer, groups: layer.groups.slice(0, 2) })),
  };
  for (const few of [two, network("vgg", [10, 10])]) {
    const [result] = check(few);
    assert.deepEqual([result!.verdict, result!.estimate], ["inconclusive", null]);
  }
});

Deno.test("scale.stable says what the ID is at both ends, and with Gride", () => {
  const { explanation } = check(scaled([0, 0.2]))[1]!;
  assert.match(
    explanation,
    /^ID [\d.]+ from 1440 points, [\d.]+ from 72 points; Gride .* ranks 1 and 2/,
  );
});

Deno.test("scale.stable says nothing of untrained networks", () => {
  assert.deepEqual(check({ ...scaled([0, 0]), weights: "untrained" }), []);
});

Deno.test("publishedSlopes() gives numpy's slopes of Figure 2B", () => {
  // numpy.polyfit(numpy.log(n_points), numpy.log(ID), 1)[0] for each layer of paper_curves.json
  const numpy = [
    ["pool5", -0.07165996960056917],
    ["d1", 0.1337810744011983],
    ["d2", 0.1643658765310476],
    ["output", 0.22378602549610313],
  ] as const;
  for (const [at, { layer, slope }] of publishedSlopes().entries()) {
    assert.equal(layer, numpy[at]![0]);
    assert.ok(Math.abs(slope - numpy[at]![1]) < 1e-9);
  }
});
