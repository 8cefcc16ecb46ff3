import assert from "node:assert/strict";
import { randomStream, sha256, UsageError } from "../base/mod.ts";
import { openCpu } from "../device/mod.ts";
import { checkpointsOf, parameterCount, probeShapes, tap, writeGraph } from "../graph/mod.ts";
import { buildNetwork, INPUT } from "./mod.ts";

const device = await openCpu(2);
const OBJECTS = { classes: 40, inputSize: 32, inputChannels: 3, width: 1, seed: 1 };
const VGG = ["input", "pool1", "pool2", "pool3", "pool4", "fc1", "fc2", "fc3"];
const VGG_UNITS = [3072, 4096, 2048, 1024, 256, 256, 256, 40];
const RESNET = ["input", "maxpool", "layer1", "layer2", "layer3", "layer4", "avgpool", "fc"];
const RESNET_UNITS = [3072, 4096, 4096, 2048, 1024, 256, 64, 40];
/** Weights of a convolution from 64 to 64 channels and its normalisation. */
const WIDE_CONV = 64 * 64 * 9 + 2 * 64;
/** The rule for networks with one dense layer names layers by their tensor: here every max pooling. */
const CIFAR = ["input", ...[6, 13, 23, 33, 43].map((at) => `features.${at}`), "logits"];

interface Expected {
  readonly layers: readonly string[];
  readonly depths: readonly number[];
  readonly units: readonly number[];
  /** Without running statistics. */
  readonly weights: number;
  /** Multiplications with a weight for one image. */
  readonly products: number;
}

/**
 * The study that the rendered objects come from states 3.53 million products and 0.20 million weights
 * for the VGG with four convolutions, 3.77 and 0.16 million for the ResNet; pytorch-cifar's VGG-16 has
 * 14 728 266 weights, and the depths of the paper's Figure 9.
 */
const NETWORKS: Readonly<Record<string, Expected>> = {
  vgg_objects: {
    layers: VGG,
    depths: [0, 1, 2, 3, 4, 6, 7, 8],
    units: VGG_UNITS,
    weights: 202_376,
    products: 3_532_800,
  },
  vgg_objects_bn: {
    layers: VGG,
    depths: [0, 1, 2, 3, 4, 6, 7, 8],
    units: VGG_UNITS,
    weights: 202_376 + 2 * (16 + 32 + 64 + 64),
    products: 3_532_800,
  },
  vgg_objects_6conv: {
    layers: VGG,
    depths: [0, 1, 2, 4, 6, 8, 9, 10],
    units: VGG_UNITS,
    weights: 202_376 + 2 * (64 * 64 * 9 + 64),
    products: 3_532_800 + 64 * 64 * 9 * (8 ** 2 + 4 ** 2),
  },
  vgg_objects_8conv: {
    layers: VGG,
    depths: [0, 2, 4, 6, 8, 10, 11, 12],
    units: VGG_UNITS,
    weights: 202_376 + 2 * (64 * 64 * 9 + 64) + (32 * 32 * 9 + 32) + (16 * 16 * 9 + 16),
    products: 3_532_800 + 64 * 64 * 9 * (8 ** 2 + 4 ** 2) + 32 * 32 * 9 * 16 ** 2 +
      16 * 16 * 9 * 32 ** 2,
  },
  resnet_objects: {
    layers: RESNET,
    depths: [0, 1, 3, 5, 7, 9, 10, 11],
    units: RESNET_UNITS,
    weights: 158_200,
    products: 3_770_880,
  },
  vgg_objects_10conv: {
    layers: VGG,
    depths: [0, 2, 4, 7, 10, 12, 13, 14],
    units: VGG_UNITS,
    weights: 202_376 + 4 * (64 * 64 * 9 + 64) + (32 * 32 * 9 + 32) + (16 * 16 * 9 + 16),
    products: 3_532_800 + 2 * 64 * 64 * 9 * (8 ** 2 + 4 ** 2) + 32 * 32 * 9 * 16 ** 2 +
      16 * 16 * 9 * 32 ** 2,
  },
  vgg_objects_12conv: {
    layers: VGG,
    depths: [0, 3, 6, 9, 12, 14, 15, 16],
    units: VGG_UNITS,
    weights: 202_376 + 4 * (64 * 64 * 9 + 64) + 2 * (32 * 32 * 9 + 32) + 2 * (16 * 16 * 9 + 16),
    products: 3_532_800 + 2 * 64 * 64 * 9 * (8 ** 2 + 4 ** 2) + 2 * 32 * 32 * 9 * 16 ** 2 +
      2 * 16 * 16 * 9 * 32 ** 2,
  },
  resnet_objects_6block: {
    layers: RESNET,
    depths: [0, 1, 3, 5, 9, 13, 14, 15],
    units: RESNET_UNITS,
    weights: 158_200 + 4 * WIDE_CONV,
    products: 3_770_880 + 2 * 64 * 64 * 9 * (4 ** 2 + 2 ** 2),
  },
  resnet_objects_8block: {
    layers: RESNET,
    depths: [0, 1, 5, 9, 13, 17, 18, 19],
    units: RESNET_UNITS,
    weights: 158_200 + 4 * WIDE_CONV + 2 * (32 * 32 * 9 + 2 * 32) + 2 * (16 * 16 * 9 + 2 * 16),
    products: 3_770_880 + 2 * 64 * 64 * 9 * (4 ** 2 + 2 ** 2) + 2 * 32 * 32 * 9 * 8 ** 2 +
      2 * 16 * 16 * 9 * 16 ** 2,
  },
  resnet_objects_10block: {
    layers: RESNET,
    depths: [0, 1, 5, 9, 15, 21, 22, 23],
    units: RESNET_UNITS,
    weights: 158_200 + 8 * WIDE_CONV + 2 * (32 * 32 * 9 + 2 * 32) + 2 * (16 * 16 * 9 + 2 * 16),
    products: 3_770_880 + 4 * 64 * 64 * 9 * (4 ** 2 + 2 ** 2) + 2 * 32 * 32 * 9 * 8 ** 2 +
      2 * 16 * 16 * 9 * 16 ** 2,
  },
  resnet_objects_12block: {
    layers: RESNET,
    depths: [0, 1, 7, 13, 19, 25, 26, 27],
    units: RESNET_UNITS,
    weights: 158_200 + 8 * WIDE_CONV + 4 * (32 * 32 * 9 + 2 * 32) + 4 * (16 * 16 * 9 + 2 * 16),
    products: 3_770_880 + 4 * 64 * 64 * 9 * (4 ** 2 + 2 ** 2) + 4 * 32 * 32 * 9 * 8 ** 2 +
      4 * 16 * 16 * 9 * 16 ** 2,
  },
  vgg16_cifar: {
    layers: CIFAR,
    depths: [0, 2, 4, 7, 10, 13, 14],
    units: [3072, 16384, 8192, 4096, 2048, 512, 10],
    weights: 14_728_266,
    products: 313_201_664,
  },
};

const optionsOf = (name: string) => name === "vgg16_cifar" ? { ...OBJECTS, classes: 10 } : OBJECTS;

for (const [name, wanted] of Object.entries(NETWORKS)) {
  Deno.test(`buildNetwork() gives ${name} its layers, weights and products`, async () => {
    const graph = buildNetwork(name, optionsOf(name));
    const shapes = await probeShapes(device, graph, [3, 32, 32]);
    const size = (tensor: string) => shapes.get(tensor)!.reduce((product, n) => product * n, 1);
    const checkpoints = checkpointsOf(graph, shapes);
    assert.deepEqual(checkpoints.map((checkpoint) => checkpoint.name), wanted.layers);
    assert.deepEqual(checkpoints.map(({ depth }) => depth), wanted.depths);
    assert.deepEqual(checkpoints.map(({ tensor }) => size(tensor)), wanted.units);
    const producer = new Map(graph.nodes.map((node) => [node.outputs[0], node.op]));
    for (const { name, tensor } of checkpoints) {
      if (/^fc[12]$/.test(name)) assert.equal(producer.get(tensor), "Relu", "after the activation");
    }

    let statistics = 0;
    for (const [weight, { data }] of graph.initializers) {
      if (/running_(mean|var)$/.test(weight)) statistics += data.length;
    }
    assert.equal(parameterCount(graph) - statistics, wanted.weights);
    let products = 0;
    for (const { op, inputs, outputs } of graph.nodes) {
      if (op !== "Conv" && op !== "Gemm") continue;
      const [out, ...perOutput] = graph.initializers.get(inputs[1]!)!.dims;
      const used = op === "Conv" ? size(outputs[0]!) : out!;
      products += perOutput.reduce((product, n) => product * n, used);
    }
    assert.equal(products, wanted.products);
  });
}

/** Changing these changes results: then NETS_VERSION must change too. */
const WEIGHTS: Readonly<Record<string, string>> = {
  vgg_objects: "e45e906a70418e7d39e89e5512d7f3c3ab27f6870ba712486fbe486bf49e6cde",
  vgg_objects_bn: "471c47bdf339fc2be38589ece97338d058f1e3837d63d63fed92081ff6fb26b9",
  vgg_objects_6conv: "5106bd97cec392e557d6b10b3be2f664dd9fcfd2dc44d4a656b04ab7c97d073f",
  vgg_objects_8conv: "d88f0b9261de3dee3062b52dca52a7930cab0f7d5c7e1e9fdbd95d283c329978",
  vgg_objects_10conv: "1f5ca334753d54cf9137364b32aea98306bd8a9ec385db6a418bd18d47278abf",
  vgg_objects_12conv: "b8c49d27c4feefed9ef430a7e2f0250103506abc205e128ff23d7172557243ee",
  resnet_objects_6block: "e6e7486c6ff09a239aa2e27975122f09f39a34e48d8e78a6337fa815aca52f44",
  resnet_objects_8block: "a106dfe3c8f973c771a41cbe85a65a174d6183d0977ff070438a993af30c12ef",
  resnet_objects_10block: "f54664a8048cc3a5c966e7107b7b44524b6cf95d838ee0f2d72d54d542a415e8",
  resnet_objects_12block: "e710fec841326621554efdf8d52e6d917726b083c3e98742d99e30cbb494d862",
  resnet_objects: "039b47ace05b983403b5a0d2c9a1d25d79952542fb65f0cb413dc102d9076d8f",
  vgg16_cifar: "59d323fed1cec6a5dd0c3c0c7c0e5dc11d64d8e9304a1487700f34a305a775b0",
};

for (const [name, wanted] of Object.entries(WEIGHTS)) {
  Deno.test(`buildNetwork() still draws the same weights for ${name}`, () => {
    const { initializers } = buildNetwork(name, { ...optionsOf(name), width: 1 / 8 });
    const digests = [...initializers].map(([weight, { data }]) => [
      weight,
      sha256(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
    ]);
    assert.equal(sha256(JSON.stringify(digests)), wanted);
  });
}

for (const name of Object.keys(NETWORKS).filter((name) => /^vgg_objects(?!_bn)/.test(name))) {
  Deno.test(`vggObjects() keeps the size of the signal in each layer of ${name}`, async () => {
    const graph = buildNetwork(name, OBJECTS);
    const layers = graph.nodes.filter(({ op }) => op === "Relu").map(({ inputs, outputs }) => {
      const layer = graph.nodes.find((node) => node.outputs[0] === inputs[0])!;
      return { before: layer.inputs[0]!, after: outputs[0]! };
    });
    const random = randomStream(1, "test images");
    const dims = [8, 3, 32, 32];
    const data = Float32Array.from({ length: 8 * 3 * 32 ** 2 }, () => random.normal());
    const tensors = layers.flatMap(({ before, after }) => [before, after]);
    const session = await device.open(
      writeGraph(tap(graph, tensors.filter((tensor) => tensor !== INPUT))),
    );
    const outputs = await session.run({ [INPUT]: { dims, data } });
    const meanSquare = (tensor: string) => {
      const values = tensor === INPUT ? data : outputs[tensor]!.data;
      return values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
    };
    assert.equal(layers.length, graph.nodes.filter(({ op }) => /Conv|Gemm/.test(op)).length - 1);
    for (const { before, after } of layers) {
      const growth = meanSquare(after) / meanSquare(before);
      assert.ok(growth > 1 / 2 && growth < 2, `${after}: ${growth} times, wanted about 1`);
    }
    await session.release();
  });
}

Deno.test("vggObjects() refuses images of fewer than 16 pixels", () =>
  assert.throws(
    () => buildNetwork("vgg_objects", { ...OBJECTS, inputSize: 15 }),
    (error) => error instanceof UsageError && /vgg_objects for images of 15/.test(error.message),
  ));
