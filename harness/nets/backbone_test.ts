import assert from "node:assert/strict";
import { randomStream, RunError, UsageError } from "../base/mod.ts";
import { sharedTest } from "../base/shared_data.ts";
import { openCpu } from "../device/mod.ts";
import { GraphBuilder, readGraph, writeGraph } from "../graph/mod.ts";
import { type Backbone, backboneOf, buildBackbone, buildNetwork, windowsOf } from "./mod.ts";

const device = await openCpu(2);
const SMALL = { inputSize: 64, inputChannels: 3, width: 1 / 16, seed: 1 };

/** Dimensions of the map for two random images. */
async function mapOf({ graph, features, image }: Backbone): Promise<readonly number[]> {
  const random = randomStream(1, "images");
  const dims = [2, image.channels, image.height, image.width];
  const length = dims.reduce((product, size) => product * size, 1);
  const session = await device.open(writeGraph(graph));
  try {
    const data = Float32Array.from({ length }, () => random.normal());
    return (await session.run({ images: { dims, data } }))[features]!.dims;
  } finally {
    await session.release();
  }
}

const CHANNELS = {
  vgg11: 32,
  vgg13_bn: 32,
  vgg16: 32,
  vgg19: 32,
  resnet18: 32,
  resnet34: 32,
  resnet50: 128,
  densenet121: 64,
  densenet161: 138,
} as const;

for (const [name, channels] of Object.entries(CHANNELS)) {
  Deno.test(`buildBackbone() gives the last map of ${name}, at its own and at a smaller stride`, async () => {
    for (const [stride, cells] of [[undefined, 2], [16, 4], [8, 8]] as const) {
      const backbone = buildBackbone(name, { ...SMALL, ...(stride && { stride }) });
      assert.deepEqual(await mapOf(backbone), [2, channels, cells, cells]);
      assert.deepEqual(
        [backbone.channels, backbone.height, backbone.width],
        [channels, cells, cells],
      );
    }
  });
}

/** Grid, stride, size and first centre by the authors' rules, with a prototype of one cell at the end. */
function receptiveField(backbone: Backbone) {
  let [n, jump, size, start] = [backbone.image.height, 1, 1, 0.5];
  for (const { kernel, stride, padding } of windowsOf(backbone.graph)) {
    n = Math.floor((n + 2 * padding - kernel) / stride) + 1;
    size += (kernel - 1) * jump;
    start += ((kernel - 1) / 2 - padding) * jump;
    jump *= stride;
  }
  return [n, jump, size, start];
}

/** Section 1.6 of the protocol: printed by the authors' notebook, or by the same arithmetic. */
const FIELDS = {
  vgg11: [7, 32, 150, 16],
  vgg16: [7, 32, 212, 16],
  vgg19: [7, 32, 268, 16],
  resnet18: [7, 32, 435, 0.5],
  resnet34: [7, 32, 899, 0.5],
  resnet50: [7, 32, 427, 0.5],
  resnet152: [7, 32, 1451, 0.5],
} as const;

for (const [name, wanted] of Object.entries(FIELDS)) {
  Deno.test(`windowsOf() gives the receptive field of ${name}`, () => {
    const backbone = buildBackbone(name, { ...SMALL, inputSize: 224, width: 1 / 64 });
    assert.deepEqual(receptiveField(backbone), wanted);
  });
}

Deno.test("buildBackbone() ends after some of the reductions, so that cells see less", async () => {
  const vgg = buildBackbone("vgg16_bn", { ...SMALL, reductions: 2 });
  assert.deepEqual(await mapOf(vgg), [2, 16, 16, 16]);
  assert.deepEqual(receptiveField(vgg), [16, 4, 40, 2]);
  const fine = buildBackbone("vgg16_bn", { ...SMALL, reductions: 3, stride: 4 });
  assert.deepEqual(await mapOf(fine), [2, 32, 16, 16]);
  // Of a residual network the stem reduces twice, each later stage once.
  const residual = buildBackbone("resnet34", { ...SMALL, reductions: 3 });
  assert.deepEqual(await mapOf(residual), [2, 8, 8, 8]);
  // The layers that are left have the weights that they have in the whole network.
  const whole = buildBackbone("vgg16_bn", SMALL).graph.initializers;
  for (const [name, tensor] of vgg.graph.initializers) assert.deepEqual(tensor, whole.get(name));
  assert.throws(
    () => buildBackbone("vgg16_bn", { ...SMALL, reductions: 6 }),
    new UsageError("reductions: found 6, wanted at most the 5 of vgg16_bn"),
  );
});

Deno.test("windowsOf() goes through every layer of densenet121", () => {
  const backbone = buildBackbone("densenet121", { ...SMALL, inputSize: 224 });
  assert.deepEqual(receptiveField(backbone).slice(0, 3), [7, 32, 2071]);
});

Deno.test("buildBackbone() has the weights of the whole network", () => {
  const network = buildNetwork("resnet18", { ...SMALL, classes: 5 });
  const { graph } = buildBackbone("resnet18", SMALL);
  for (const [name, tensor] of graph.initializers) {
    assert.deepEqual(tensor, network.initializers.get(name));
  }
  assert.ok(!graph.initializers.has("fc.weight"));
});

Deno.test("buildBackbone() refuses a stride that the network does not have", () => {
  assert.throws(
    () => buildBackbone("vgg16", { ...SMALL, stride: 64 }),
    new UsageError("stride: found 64, wanted what vgg16 has on its way: 1, 2, 4, 8, 16, 32"),
  );
  assert.throws(() => buildBackbone("vgg16", { ...SMALL, stride: 3 }), /found 3, wanted what/);
});

Deno.test("backboneOf() refuses a network without a map", () => {
  const graph = new GraphBuilder("dense");
  graph.input("x", ["N", 4]);
  graph.output(graph.add("flat", "Flatten", ["x"]));
  assert.throws(
    () => backboneOf(graph.build(), { channels: 1, height: 2, width: 2 }),
    new RunError("dense: found no convolutional map, wanted one to cut at"),
  );
});

sharedTest("backboneOf() cuts a foreign network at the map before its pooling", async (shared) => {
  const bytes = await Deno.readFile(new URL("models/resnet18-pq.onnx", shared));
  const network = readGraph(bytes, "resnet18-pq.onnx");
  const image = { channels: 3, height: 64, width: 64 };
  assert.deepEqual(await mapOf(backboneOf(network, image)), [2, 512, 2, 2]);
  const finer = backboneOf(network, image, { stride: 8 });
  assert.deepEqual(await mapOf(finer), [2, 512, 8, 8]);
  assert.equal(windowsOf(finer.graph).length, 18);
});
