import assert from "node:assert/strict";
import { openCpu } from "../device/mod.ts";
import { namedCheckpoints, parameterCount, probeShapes, writeGraph } from "../graph/mod.ts";
import { INPUT, MNIST_CNN_LAYERS, mnistCnn } from "./mod.ts";

const device = await openCpu(1);
const OPTIONS = { classes: 10, inputSize: 28, inputChannels: 1, width: 1, seed: 1 };

Deno.test("mnistCnn() has the layers of Figure 6 with the units of the authors' code", async () => {
  const graph = mnistCnn(OPTIONS);
  const shapes = await probeShapes(device, graph, [1, 28, 28]);
  const units = namedCheckpoints(graph, MNIST_CNN_LAYERS.map(({ tensor }) => tensor))
    .map(({ tensor }) => shapes.get(tensor)!.reduce((product, size) => product * size, 1));
  assert.deepEqual(units, [784, 21632, 5408, 7744, 1600, 128, 10]);
});

Deno.test("mnistCnn() has 320 + 18496 + 204928 + 1290 weights", () => {
  assert.equal(parameterCount(mnistCnn(OPTIONS)), 225_034);
});

Deno.test("mnistCnn() gives log-probabilities, whose exponentials add up to 1", async () => {
  const graph = mnistCnn(OPTIONS);
  const session = await device.open(writeGraph(graph));
  try {
    const data = Float32Array.from({ length: 784 }, (_, i) => Math.sin(i));
    const outputs = await session.run({ [INPUT]: { dims: [1, 1, 28, 28], data } });
    const { dims, data: logs } = outputs[graph.outputs[0]!.name]!;
    assert.deepEqual(dims, [1, 10]);
    const sum = logs.reduce((total, log) => total + Math.exp(log), 0);
    assert.ok(Math.abs(sum - 1) < 1e-5, `${sum}`);
  } finally {
    await session.release();
  }
});
