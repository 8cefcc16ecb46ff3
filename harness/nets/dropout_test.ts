import assert from "node:assert/strict";
import { UsageError } from "../base/mod.ts";
import { openCpu } from "../device/mod.ts";
import { checkpointsOf, type Graph, probeShapes, writeGraph } from "../graph/mod.ts";
import { buildNetwork, INPUT, OUTPUT } from "./mod.ts";

const device = await openCpu(1);
const OPTIONS = { classes: 10, inputSize: 32, inputChannels: 3, width: 1 / 16, seed: 1 };
const DROPPING = { ...OPTIONS, dropout: 0.25 };

async function logitsOf(graph: Graph): Promise<Float32Array> {
  const session = await device.open(writeGraph(graph));
  try {
    const data = Float32Array.from({ length: 2 * 3 * 32 ** 2 }, (_, i) => Math.sin(i));
    const outputs = await session.run({ [INPUT]: { dims: [2, 3, 32, 32], data } });
    return outputs[OUTPUT]!.data.slice();
  } finally {
    await session.release();
  }
}

/** torchvision's places: VGG drops after each hidden dense layer, AlexNet before it. */
const PLACES: readonly [string, readonly string[]][] = [
  ["vgg11", ["Flatten", "Gemm", "Relu", "Dropout", "Gemm", "Relu", "Dropout", "Gemm"]],
  ["vgg_objects", ["Flatten", "Gemm", "Relu", "Dropout", "Gemm", "Relu", "Dropout", "Gemm"]],
  ["alexnet_28", ["Flatten", "Dropout", "Gemm", "Relu", "Dropout", "Gemm", "Relu", "Gemm"]],
];

for (const [name, places] of PLACES) {
  Deno.test(`buildNetwork() places the dropout of ${name} as torchvision does`, () => {
    const { nodes, initializers } = buildNetwork(name, DROPPING);
    assert.deepEqual(nodes.slice(-places.length).map(({ op }) => op), places);
    for (const { op, inputs } of nodes) {
      if (op === "Dropout") assert.equal(initializers.get(inputs[1]!)!.data[0], 0.25);
    }
  });

  Deno.test(`buildNetwork() makes a ${name} whose dropout does nothing in use`, async () => {
    const plain = buildNetwork(name, OPTIONS);
    const dropping = buildNetwork(name, DROPPING);
    assert.deepEqual(await logitsOf(dropping), await logitsOf(plain));
    const layers = async (graph: Graph) =>
      checkpointsOf(graph, await probeShapes(device, graph, [3, 32, 32]));
    assert.deepEqual(await layers(dropping), await layers(plain));
  });
}

Deno.test("buildNetwork() leaves dropout out when none is wanted", () =>
  assert.deepEqual(
    writeGraph(buildNetwork("vgg11", { ...OPTIONS, dropout: 0 })),
    writeGraph(buildNetwork("vgg11", OPTIONS)),
  ));

Deno.test("buildNetwork() refuses shares outside 0 to 1, and dropout where there is none", () => {
  const refuses = (name: string, dropout: number, message: RegExp) =>
    assert.throws(
      () => buildNetwork(name, { ...OPTIONS, dropout }),
      (error) => error instanceof UsageError && message.test(error.message),
    );
  for (const share of [1, -0.1, NaN]) {
    refuses("vgg11", share, /share of \S+ of the units: wanted 0 <= dropout < 1/);
  }
  refuses("resnet_objects", 0.5, /resnet_objects with dropout 0.5/);
  refuses("vgg16_cifar", 0.5, /vgg16_cifar with dropout 0.5/);
});
