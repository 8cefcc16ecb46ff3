import assert from "node:assert/strict";
import { randomStream, sha256, UsageError } from "../base/mod.ts";
import { openCpu } from "../device/mod.ts";
import {
  checkpointsOf,
  type Graph,
  parameterCount,
  probeShapes,
  writeGraph,
} from "../graph/mod.ts";
import { buildNetwork, INPUT, type NetOptions, OUTPUT } from "./mod.ts";

const device = await openCpu(2);

/** Depths and units of section 2.2 of the protocol: the authors' getDepths and getResNetsDepths. */
const VGG_UNITS = [150528, 802816, 401408, 200704, 100352, 25088, 4096, 4096, 1000];
const RESNET_UNITS = [150528, 200704, 200704, 100352, 50176, 25088, 512, 1000];
const BOTTLENECK_UNITS = [150528, 200704, 802816, 401408, 200704, 100352, 2048, 1000];
const PAPER: readonly [string, number[], number[]][] = [
  ["alexnet", [0, 1, 2, 5, 7, 8, 9], [150528, 46656, 32448, 9216, 4096, 4096, 1000]],
  ["vgg11", [0, 1, 2, 4, 6, 8, 10, 11, 12], VGG_UNITS],
  ["vgg13", [0, 2, 4, 6, 8, 10, 12, 13, 14], VGG_UNITS],
  ["vgg16", [0, 2, 4, 7, 10, 13, 15, 16, 17], VGG_UNITS],
  ["vgg19", [0, 2, 4, 8, 12, 16, 18, 19, 20], VGG_UNITS],
  ["vgg11_bn", [0, 1, 2, 4, 6, 8, 10, 11, 12], VGG_UNITS],
  ["vgg13_bn", [0, 2, 4, 6, 8, 10, 12, 13, 14], VGG_UNITS],
  ["vgg16_bn", [0, 2, 4, 7, 10, 13, 15, 16, 17], VGG_UNITS],
  ["vgg19_bn", [0, 2, 4, 8, 12, 16, 18, 19, 20], VGG_UNITS],
  ["resnet18", [0, 1, 5, 9, 13, 17, 18, 19], RESNET_UNITS],
  ["resnet34", [0, 1, 7, 15, 27, 33, 34, 35], RESNET_UNITS],
  ["resnet50", [0, 1, 10, 22, 40, 49, 50, 51], BOTTLENECK_UNITS],
  ["resnet101", [0, 1, 10, 22, 91, 100, 101, 102], BOTTLENECK_UNITS],
  ["resnet152", [0, 1, 10, 34, 142, 151, 152, 153], BOTTLENECK_UNITS],
];

/** Every number of channels is a multiple of 64, so this is exactly one in 64 of each. */
const NARROW = 1 / 64;
const IMAGENET = { classes: 1000, inputSize: 224, inputChannels: 3, width: 1, seed: 1 };
const MNIST = { classes: 10, inputSize: 28, inputChannels: 1, width: 0.25, seed: 1 };
const SMALL = ["mnist_cnn", "alexnet_28", "vgg_28", "resnet_28"];

/** The network's output for two random images. */
async function outputOf(graph: Graph, { inputSize, inputChannels }: NetOptions) {
  const random = randomStream(1, "test images");
  const dims = [2, inputChannels, inputSize, inputSize];
  const size = dims.reduce((product, value) => product * value, 1);
  const data = Float32Array.from({ length: size }, () => random.normal());
  const session = await device.open(writeGraph(graph));
  try {
    const outputs = await session.run({ [INPUT]: { dims, data } });
    return outputs[graph.outputs[0]!.name]!;
  } finally {
    await session.release();
  }
}

for (const [name, depths, units] of PAPER) {
  Deno.test(`checkpointsOf() gives the paper's depths and units for ${name}`, async () => {
    const options = { ...IMAGENET, width: NARROW };
    const graph = buildNetwork(name, options);
    const shapes = await probeShapes(device, graph, [3, 224, 224]);
    const checkpoints = checkpointsOf(graph, shapes);
    assert.deepEqual(checkpoints.map(({ depth }) => depth), depths);
    const found = checkpoints.map(({ tensor }, at) => {
      const size = shapes.get(tensor)!.reduce((product, value) => product * value, 1);
      const isHidden = at > 0 && at < checkpoints.length - 1;
      return isHidden ? size / NARROW : size;
    });
    assert.deepEqual(found, units);
    const output = await outputOf(graph, options);
    assert.deepEqual(output.dims, [2, 1000]);
    assert.ok(output.data.every(Number.isFinite));
  });
}

/** torchvision's counts of parameters, which leave out the running statistics of normalisation. */
const PARAMETERS: readonly [string, number][] = [
  ["alexnet", 61_100_840],
  ["resnet18", 11_689_512],
];

for (const [name, wanted] of PARAMETERS) {
  Deno.test(`buildNetwork() gives ${name} torchvision's number of weights`, () => {
    const graph = buildNetwork(name, IMAGENET);
    let statistics = 0;
    for (const [weight, { data }] of graph.initializers) {
      if (/running_(mean|var)$/.test(weight)) statistics += data.length;
    }
    assert.equal(parameterCount(graph) - statistics, wanted);
  });
}

for (const name of SMALL) {
  Deno.test(`buildNetwork() makes ${name} tell two 28 x 28 images apart`, async () => {
    const graph = buildNetwork(name, MNIST);
    const { dims, data } = await outputOf(graph, MNIST);
    assert.deepEqual(dims, [2, 10]);
    assert.ok(data.every(Number.isFinite));
    assert.notDeepEqual(data.slice(0, 10), data.slice(10));
  });
}

for (const name of SMALL.slice(1)) {
  Deno.test(`checkpointsOf() finds every pooling or stage of ${name}`, async () => {
    const graph = buildNetwork(name, MNIST);
    const names = checkpointsOf(graph, await probeShapes(device, graph, [1, 28, 28]))
      .map((checkpoint) => checkpoint.name);
    const wanted = name === "resnet_28"
      ? ["input", "maxpool", "layer1", "layer2", "layer3", "layer4", "avgpool", "fc"]
      : ["input", "pool1", "pool2", "pool3", "fc1", "fc2", "fc3"];
    assert.deepEqual(names, wanted);
  });
}

Deno.test("buildNetwork() names weights as torchvision does", () => {
  const names = (name: string) => [
    ...buildNetwork(name, { ...IMAGENET, width: NARROW }).initializers.keys(),
  ];
  assert.deepEqual(names("vgg11").filter((name) => name.endsWith(".weight")), [
    ...[0, 3, 6, 8, 11, 13, 16, 18].map((at) => `features.${at}.weight`),
    ...[0, 3, 6].map((at) => `classifier.${at}.weight`),
  ]);
  assert.deepEqual(names("alexnet").filter((name) => name.endsWith(".bias")), [
    ...[0, 3, 6, 8, 10].map((at) => `features.${at}.bias`),
    ...[1, 4, 6].map((at) => `classifier.${at}.bias`),
  ]);
  const resnet = names("resnet50");
  for (
    const name of [
      "conv1.weight",
      "bn1.running_mean",
      "layer1.0.downsample.1.running_var",
      "layer4.2.conv3.weight",
      "fc.bias",
    ]
  ) assert.ok(resnet.includes(name), name);
});

/** Changing these changes results: then NETS_VERSION must change too. */
const WEIGHTS: readonly [string, string][] = [
  ["mnist_cnn", "c144265d5de40765ece8a4861c0b7e4632238bec71dbe9e31e14608b3eed2d8d"],
  ["alexnet_28", "68fadec91d5af997090c8eea3829d44267264bd414a273ef834780d56532a6f7"],
  ["vgg_28", "a68bc97ea3f233cf10bc927856f4ff5c6ae269ce0464bb04613e614fecbdc2ab"],
  ["resnet_28", "ed8be9dd82ad57b4e110d94a403213560fb520b0835c2ed5b925070871cb6b09"],
];

for (const [name, wanted] of WEIGHTS) {
  Deno.test(`buildNetwork() still draws the same weights for ${name}`, () => {
    const digests = [...buildNetwork(name, { ...MNIST, width: 1 / 16 }).initializers]
      .map(([weight, { data }]) => [
        weight,
        sha256(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
      ]);
    assert.equal(sha256(JSON.stringify(digests)), wanted);
  });
}

Deno.test("buildNetwork() gives other weights for another seed", () => {
  const weights = (seed: number) =>
    buildNetwork("vgg_28", { ...MNIST, seed }).initializers.get("features.0.weight")!.data;
  assert.deepEqual(weights(1), weights(1));
  assert.notDeepEqual(weights(1), weights(2));
});

Deno.test("buildNetwork() refuses images of which nothing would be left", () => {
  for (const name of ["alexnet", "vgg16", "vgg19_bn"]) {
    assert.throws(
      () => buildNetwork(name, MNIST),
      (error) =>
        error instanceof UsageError &&
        error.message.startsWith(`Cannot build ${name} for images of 28 pixels`),
    );
  }
  assert.throws(() => buildNetwork("mnist_cnn", { ...MNIST, inputSize: 8 }), UsageError);
});

Deno.test("buildNetwork() names the nearest architecture when it knows none of that name", () => {
  const refuses = (name: string, message: RegExp) =>
    assert.throws(
      () => buildNetwork(name, MNIST),
      (error) => error instanceof UsageError && message.test(error.message),
    );
  refuses("resnet19", /^unknown architecture "resnet19", did you mean "resnet1(8|01)"\?$/);
  refuses("constructor", /^unknown architecture "constructor"/);
});

Deno.test("buildNetwork() ends every network of the ImageNet kind in the logits", () => {
  for (const [name] of PAPER) {
    const graph = buildNetwork(name, { ...IMAGENET, width: NARROW });
    assert.deepEqual(graph.outputs.map((output) => output.name), [OUTPUT]);
    assert.deepEqual(graph.inputs[0]!.shape, ["N", 3, 224, 224]);
  }
});
