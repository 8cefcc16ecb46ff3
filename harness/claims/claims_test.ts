import assert from "node:assert/strict";
import type { NetworkResult } from "../spec/mod.ts";
import { checkClaims, requireKnownClaims } from "./mod.ts";
import { peakOver } from "./profile_curves.ts";
import { claim, network } from "./testdata/networks.ts";

const HUMP = [30, 50, 100, 60, 20, 15];
const FALLING = [100, 80, 60, 40, 20, 15];
const FLAT = [30, 31, 33, 32, 31, 30];

function verdicts(id: string, threshold: number, ...networks: NetworkResult[]): string[] {
  return checkClaims([claim(id, threshold)], networks, []).map(({ verdict }) => verdict);
}

Deno.test("hunch.interior-peak is reproduced by a hump and not by a falling profile", () => {
  assert.deepEqual(verdicts("hunch.interior-peak", 1.5, network("a", HUMP)), [
    "reproduced",
    "reproduced",
  ]);
  assert.equal(verdicts("hunch.interior-peak", 1.5, network("a", FALLING))[0], "not reproduced");
});

Deno.test("hunch.below-input compares the last hidden layer with the pixels", () => {
  assert.deepEqual(verdicts("hunch.below-input", 1, network("a", HUMP)), ["reproduced"]);
  assert.deepEqual(verdicts("hunch.below-input", 0.5, network("a", HUMP)), ["not reproduced"]);
});

Deno.test("hunch.interior-peak does not judge the fall of a network that is cut off early", () => {
  const whole = network("a", HUMP);
  assert.deepEqual(verdicts("hunch.interior-peak", 1.5, { ...whole, fullDepth: 9 }), [
    "reproduced",
    "not comparable",
  ]);
});

Deno.test("hunch.untrained-flat is reproduced by a flat profile and refuted by a hump", () => {
  const check = (profile: number[]) =>
    verdicts("hunch.untrained-flat", 1.5, network("a", profile, "untrained"));
  assert.deepEqual([check(FLAT), check(HUMP)], [["reproduced"], ["not reproduced"]]);
});

Deno.test("hunch.below-width and hunch.hub-robust follow their thresholds", () => {
  assert.deepEqual(verdicts("hunch.below-width", 0.1, network("a", HUMP)), ["reproduced"]);
  assert.deepEqual(verdicts("hunch.below-width", 0.001, network("a", HUMP)), ["not reproduced"]);
  assert.deepEqual(verdicts("hunch.hub-robust", 1.5, network("a", HUMP)), ["reproduced"]);
  assert.deepEqual(verdicts("hunch.hub-robust", 1.5, network("a", FLAT)), ["not reproduced"]);
});

/** A profile of the given depth with its peak at the given layer. */
function peaked(depth: number, peak: number): number[] {
  return Array.from({ length: depth + 1 }, (_, at) => 100 - 80 * Math.abs(at - peak) / depth);
}

Deno.test("hunch.relative-depth tells peaks at one relative from peaks at one absolute depth", () => {
  const depths = [6, 9, 12, 18, 24];
  const relative = depths.map((depth) => network(`n${depth}`, peaked(depth, depth / 3)));
  const absolute = depths.map((depth, at) => network(`n${depth}`, peaked(depth, 3 + at % 2)));
  const [claimed] = checkClaims([claim("hunch.relative-depth", 1)], relative, []);
  assert.equal(claimed!.verdict, "reproduced");
  assert.ok(claimed!.estimate! < 0.1 && claimed!.pValue! < 0.05);
  assert.notEqual(verdicts("hunch.relative-depth", 1, ...absolute)[0], "reproduced");
  assert.deepEqual(verdicts("hunch.relative-depth", 1, relative[0]!), ["inconclusive"]);
});

Deno.test("claims need at least three groups of images to be decided", () => {
  const full = network("a", HUMP);
  const layers = full.layers.map((layer) => ({ ...layer, groups: layer.groups.slice(0, 2) }));
  assert.deepEqual(verdicts("hunch.hub-robust", 1.5, { ...full, layers }), ["inconclusive"]);
});

Deno.test("peakOver() lets no group choose the layer where it is measured", () => {
  const curves = [[1, 9, 1], [1, 1, 3], [1, 1, 3]];
  assert.deepEqual(peakOver(curves, [1, 2], 0), [1, 1, 1]);
});

Deno.test("requireKnownClaims() names file, place and nearest claim", () => {
  assert.throws(
    () => requireKnownClaims([claim("hunch.interior-peek", 1)], "x.json"),
    /x\.json: claims\[0\]\.id: unknown claim "hunch\.interior-peek", did you mean "hunch\.interior-peak"\?/,
  );
});
