import assert from "node:assert/strict";
import { randomStream, RunError } from "../base/mod.ts";
import { type FloatTensor, openCpu } from "../device/mod.ts";
import { type Graph, GraphBuilder, type GraphNode, tap, writeGraph } from "../graph/mod.ts";
import { buildNetwork, calibrateBatchNorm, INPUT } from "./mod.ts";

const device = await openCpu(2);
const OPTIONS = { classes: 10, inputSize: 32, inputChannels: 3, width: 1 / 4, seed: 1 };

function images(count: number, seed: number, size = 32): FloatTensor {
  const random = randomStream(seed, "test images");
  const dims = [count, 3, size, size];
  const length = count * 3 * size ** 2;
  return { dims, data: Float32Array.from({ length }, () => 2 + 3 * random.normal()) };
}

/** The outputs of nodes, as in use. */
async function outputsOf(graph: Graph, batch: FloatTensor, nodes: readonly GraphNode[]) {
  const names = nodes.map(({ outputs }) => outputs[0]!);
  const session = await device.open(writeGraph(tap(graph, names)));
  try {
    const outputs = await session.run({ [INPUT]: batch });
    return new Map(nodes.map((node, at) => [node, outputs[names[at]!]!]));
  } finally {
    await session.release();
  }
}

/** Unbiased variances made those of the batch itself, with which it was normalised. */
async function withBatchVariance(graph: Graph, batch: FloatTensor): Promise<Graph> {
  const norms = graph.nodes.filter(({ op }) => op === "BatchNormalization");
  const initializers = new Map(graph.initializers);
  for (const [{ inputs }, { dims, data }] of await outputsOf(graph, batch, norms)) {
    const values = data.length / dims[1]!;
    const variance = graph.initializers.get(inputs[4]!)!;
    const biased = valuesOf(graph, inputs[4]!).map((value) => value * (values - 1) / values);
    initializers.set(inputs[4]!, { ...variance, data: Float32Array.from(biased) });
  }
  return { ...graph, initializers };
}

/** Mean and unbiased variance of each channel of [N, C, H, W]. */
function statisticsOf({ dims, data }: FloatTensor) {
  const [, channels, ...sizes] = dims as [number, number, ...number[]];
  const area = sizes.reduce((product, size) => product * size, 1);
  return Array.from({ length: channels }, (_, channel) => {
    const values = [...data].filter((_, at) => Math.floor(at / area) % channels === channel);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, variance: squares / (values.length - 1) };
  });
}

function valuesOf(graph: Graph, name: string): number[] {
  return [...graph.initializers.get(name)!.data].map(Number);
}

function assertClose(found: readonly number[], wanted: readonly number[], tolerance: number): void {
  assert.equal(found.length, wanted.length);
  for (const [at, value] of found.entries()) {
    assert.ok(Math.abs(value - wanted[at]!) <= tolerance, `${value}, wanted ${wanted[at]}`);
  }
}

function onlyNorm(size: number): Graph {
  const graph = new GraphBuilder("norm");
  graph.input(INPUT, ["N", 3, size, size]);
  for (const [name, value] of Object.entries({ scale: 5, shift: -1, mean: 0, variance: 1 })) {
    graph.weight(name, [3], new Float32Array(3).fill(value));
  }
  graph.add("y", "BatchNormalization", [INPUT, "scale", "shift", "mean", "variance"]);
  graph.output("y");
  return graph.build();
}

Deno.test("calibrateBatchNorm() takes the means of batch means and unbiased variances", async () => {
  const batches = [images(2, 1, 4), images(3, 2, 4)];
  const calibrated = await calibrateBatchNorm(onlyNorm(4), device, batches);
  const [a, b] = batches.map(statisticsOf) as [
    ReturnType<typeof statisticsOf>,
    ReturnType<typeof statisticsOf>,
  ];
  const means = a.map(({ mean }, at) => (mean + b[at]!.mean) / 2);
  const variances = a.map(({ variance }, at) => (variance + b[at]!.variance) / 2);
  assertClose(valuesOf(calibrated, "mean"), means, 1e-5);
  assertClose(valuesOf(calibrated, "variance"), variances, 1e-4);
  assert.deepEqual(valuesOf(calibrated, "scale"), [5, 5, 5]);
});

Deno.test("calibrateBatchNorm() takes networks of operator set 18, and dense layers", async () => {
  const norm = onlyNorm(4);
  const batch = images(5, 1, 4);
  const newer = { ...norm, opsets: new Map([["", 18]]) };
  const wanted = await calibrateBatchNorm(norm, device, [batch]);
  assert.deepEqual(
    (await calibrateBatchNorm(newer, device, [batch])).initializers,
    wanted.initializers,
  );

  const dense = { ...norm, inputs: [{ ...norm.inputs[0]!, shape: ["N", 3] }] };
  const vectors = { dims: [80, 3], data: batch.data.slice(0, 240) };
  const calibrated = await calibrateBatchNorm(dense, device, [vectors]);
  assertClose(
    valuesOf(calibrated, "variance"),
    statisticsOf(vectors).map(({ variance }) => variance),
    1e-4,
  );
});

for (const name of ["vgg_objects_bn", "resnet_objects", "vgg16_cifar"]) {
  Deno.test(`calibrateBatchNorm() makes each normalisation of ${name} fit the data`, async () => {
    const batch = images(16, 3);
    const width = name === "vgg16_cifar" ? 1 / 16 : OPTIONS.width;
    const graph = buildNetwork(name, { ...OPTIONS, width });
    const before = writeGraph(graph);
    const calibrated = await calibrateBatchNorm(graph, device, [batch]);
    assert.deepEqual(writeGraph(graph), before, "the graph is not changed");
    assert.deepEqual(calibrated.nodes, graph.nodes);
    for (const [weight, tensor] of graph.initializers) {
      const isSame = calibrated.initializers.get(weight) === tensor;
      assert.equal(isSame, !/running_(mean|var)$/.test(weight), weight);
    }

    const norms = graph.nodes.filter(({ op }) => op === "BatchNormalization");
    const outputs = await outputsOf(
      await withBatchVariance(calibrated, batch),
      batch,
      norms,
    );
    let [varied, channels] = [0, 0];
    for (const [norm, output] of outputs) {
      const values = output.data.length / output.dims[1]!;
      for (const { mean, variance } of statisticsOf(output)) {
        assert.ok(Math.abs(mean) < 1e-3, `${norm.name}: mean ${mean}`);
        // Epsilon makes the variance of channels that hardly vary smaller than 1.
        assert.ok(variance < values / (values - 1) + 1e-3, `${norm.name}: variance ${variance}`);
        varied += Number(variance > 0.9);
        channels++;
      }
    }
    assert.ok(varied > 0.9 * channels, `${varied} of ${channels} channels have variance 1`);
  });
}

Deno.test("calibrateBatchNorm() reads batches one after the other", async () => {
  const graph = buildNetwork("resnet_objects", OPTIONS);
  async function* stream() {
    for (const seed of [1, 2, 3]) yield await Promise.resolve(images(4, seed));
  }
  const list = [images(4, 1), images(4, 2), images(4, 3)];
  const streamed = await calibrateBatchNorm(graph, device, stream());
  assert.deepEqual(streamed, await calibrateBatchNorm(graph, device, list));
  assert.notDeepEqual(streamed, await calibrateBatchNorm(graph, device, list.slice(0, 1)));
});

Deno.test("calibrateBatchNorm() refuses what it cannot calibrate", async () => {
  const refuses = (graph: Graph, batches: readonly FloatTensor[], message: RegExp) =>
    assert.rejects(
      () => calibrateBatchNorm(graph, device, batches),
      (error) => error instanceof RunError && message.test(error.message),
    );
  const norm = onlyNorm(4);
  await refuses(norm, [], /^Cannot calibrate norm: found no batches/);
  await refuses(buildNetwork("vgg_objects", OPTIONS), [images(2, 1)], /has no batch normalisation/);
  await refuses(onlyNorm(1), [images(1, 1, 1)], /: "y" sees 1 value a channel/);
  const nodes = norm.nodes.map((node) => ({
    ...node,
    inputs: node.inputs.with(4, "mean"),
  }));
  await refuses({ ...norm, nodes }, [images(2, 1, 4)], /"mean" are computed or shared/);
});
