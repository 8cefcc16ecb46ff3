import assert from "node:assert/strict";
import { buildNetwork } from "./mod.ts";

/** Weights and shifts of torchvision's networks with 1000 classes. */
const PARAMETERS = {
  densenet121: 7_978_856,
  densenet161: 28_681_000,
} as const;

for (const [name, wanted] of Object.entries(PARAMETERS)) {
  Deno.test(`densenet() has torchvision's parameters as ${name}`, () => {
    const options = { classes: 1000, inputSize: 224, inputChannels: 3, width: 1, seed: 1 };
    let count = 0;
    for (const [weight, { data }] of buildNetwork(name, options).initializers) {
      if (!weight.includes("running")) count += data.length;
    }
    assert.equal(count, wanted);
  });
}

Deno.test("densenet() names and shapes its layers as torchvision does", () => {
  const options = { classes: 10, inputSize: 64, inputChannels: 3, width: 0.25, seed: 1 };
  const { initializers } = buildNetwork("densenet121", options);
  const dims = (name: string) => initializers.get(name)?.dims;
  assert.deepEqual(dims("features.conv0.weight"), [16, 3, 7, 7]);
  assert.deepEqual(dims("features.denseblock1.denselayer2.conv1.weight"), [32, 24, 1, 1]);
  assert.deepEqual(dims("features.denseblock4.denselayer16.conv2.weight"), [8, 32, 3, 3]);
  assert.deepEqual(dims("features.transition1.conv.weight"), [32, 64, 1, 1]);
  assert.deepEqual(dims("features.norm5.running_var"), [256]);
  assert.deepEqual(dims("classifier.weight"), [10, 256]);
});
