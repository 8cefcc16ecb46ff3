import assert from "node:assert/strict";
import { lastHiddenLayer, placeInPaper, repeatsDepth } from "./layer_order.ts";
import { controlsExampleResult } from "./testdata/example_digits.ts";
import { smallNetwork } from "./testdata/small_network.ts";

const resnet = smallNetwork("resnet18");
const digits = controlsExampleResult().networks[0]!;

Deno.test("repeatsDepth() tells layers that share a depth", () => {
  assert.equal(repeatsDepth(resnet), false);
  assert.equal(repeatsDepth(digits), true);
});

Deno.test("placeInPaper() goes by depth, and by order where depths repeat", () => {
  const { paper } = resnet;
  const shorter = { ...resnet, paper: { ...paper!, depth: paper!.depth.slice(2) } };
  assert.deepEqual([0, 1, 2, 3].map((layer) => placeInPaper(shorter, layer)), [-1, -1, 0, 1]);
  assert.deepEqual([0, 1, 2, 3].map((layer) => placeInPaper(digits, layer)), [0, 1, 2, 3]);
  const lacking = { ...digits, paper: { ...digits.paper!, id: digits.paper!.id.slice(1) } };
  assert.equal(placeInPaper(lacking, 2), -1);
  assert.equal(placeInPaper({ ...digits, paper: null }, 2), -1);
});

Deno.test("lastHiddenLayer() is the layer before the output of the complete network", () => {
  assert.equal(digits.layers[lastHiddenLayer(digits)!]!.name, "d1");
  const trunk = { ...digits, layers: digits.layers.slice(0, -1) };
  assert.equal(trunk.layers[lastHiddenLayer(trunk)!]!.name, "d1");
  assert.equal(lastHiddenLayer({ ...digits, layers: digits.layers.slice(0, 3) }), undefined);
  assert.equal(lastHiddenLayer({ ...digits, layers: [] }), undefined);
});
