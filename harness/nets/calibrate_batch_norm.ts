/**
 * A network whose batch normalisations know the statistics of data, and nothing else of it: the twin
 * that tells what normalisation alone does from what training does.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import type { Device, FloatTensor, Session } from "../device/mod.ts";
import {
  type Graph,
  GraphBuilder,
  type GraphNode,
  ints,
  probeShapes,
  type Shapes,
  tap,
  type Tensor,
  writeGraph,
} from "../graph/mod.ts";

interface Norm {
  readonly node: GraphNode;
  /** Initializers of the running mean and variance, and the outputs with those of a batch. */
  readonly mean: string;
  readonly variance: string;
  readonly batchMean: string;
  readonly batchVariance: string;
}

/**
 * The same weights with the running mean and variance of every batch normalisation replaced by those of
 * the batches. Each batch passes the network in training mode, so that every normalisation uses the
 * statistics of that batch; the running statistics become the mean over the batches of the batch means
 * and of the unbiased batch variances, each batch with equal weight (PyTorch's `momentum=None`).
 *
 * @param graph It is not changed. Other layers, dropout among them, work as in use.
 * @param batches Images [N, C, H, W], at least one batch.
 * @throws {RunError} When the network has no batch normalisation, when its statistics are not constants
 * of its own, or when there are no batches, or batches with one value a channel.
 */
export async function calibrateBatchNorm(
  graph: Graph,
  device: Device,
  batches: AsyncIterable<FloatTensor> | readonly FloatTensor[],
): Promise<Graph> {
  const norms = normsOf(graph);
  const sums = new Map<string, Float64Array>();
  let count = 0;
  let session: Session | undefined;
  try {
    let shapes: Shapes | undefined;
    for await (const batch of batches) {
      shapes ??= await probeShapes(device, graph, batch.dims.slice(1));
      session ??= await device.open(writeGraph(inTraining(graph, norms, shapes)));
      const outputs = await session.run({ [graph.inputs[0]!.name]: batch });
      for (const { node, mean, variance, batchMean, batchVariance } of norms) {
        const [, ...sizes] = shapes.get(node.outputs[0]!)!;
        const values = sizes.reduce((product, size) => product * size, batch.dims[0]!);
        if (values < 2) {
          throw new RunError(
            `Cannot calibrate ${graph.name}: "${node.name}" sees ${values} value a channel in a ` +
              "batch, wanted at least 2",
          );
        }
        add(sums, mean, outputs[batchMean]!.data, 1);
        add(sums, variance, outputs[batchVariance]!.data, values / (values - 1));
      }
      count++;
    }
  } finally {
    await session?.release();
  }
  if (count === 0) {
    throw new RunError(`Cannot calibrate ${graph.name}: found no batches, wanted at least one`);
  }
  const initializers = new Map(graph.initializers);
  for (const [name, sum] of sums) {
    const { dims } = graph.initializers.get(name)!;
    const data = Float32Array.from(sum, (value) => value / count);
    initializers.set(name, { type: "float32", dims, data });
  }
  return { ...graph, initializers };
}

function normsOf(graph: Graph): Norm[] {
  const norms = graph.nodes.filter(({ op }) => op === "BatchNormalization").map((node) => {
    const [, , , mean, variance] = node.inputs as [string, string, string, string, string];
    const batchMean = `${node.name}/batch_mean`;
    return { node, mean, variance, batchMean, batchVariance: `${node.name}/batch_variance` };
  });
  if (norms.length === 0) {
    throw new RunError(`Cannot calibrate ${graph.name}: it has no batch normalisation`);
  }
  const statistics = norms.flatMap(({ mean, variance }) => [mean, variance]);
  for (const [at, name] of statistics.entries()) {
    if (graph.initializers.has(name) && statistics.indexOf(name) === at) continue;
    throw new RunError(
      `Cannot calibrate ${graph.name}: the running statistics "${name}" are computed or shared, ` +
        "wanted a constant for each batch normalisation",
    );
  }
  return norms;
}

/**
 * The graph with the batch's own statistics in use and as outputs. They are made of reductions because
 * onnxruntime's WebGPU refuses batch normalisation in training mode.
 */
function inTraining(graph: Graph, norms: readonly Norm[], shapes: Shapes): Graph {
  const builder = new GraphBuilder(graph.name, { ...graph, nodes: [] });
  const vector = builder.constant("calibration/vector", int64([-1]));
  const byNode = new Map(norms.map((norm) => [norm.node, norm]));
  for (const node of graph.nodes) {
    const norm = byNode.get(node);
    if (!norm) {
      builder.addNode(node);
      continue;
    }
    const [x, scale, shift] = node.inputs as [string, string, string];
    const { batchMean, batchVariance } = norm;
    const rank = 1 + shapes.get(node.outputs[0]!)!.length;
    const axes = Array.from({ length: rank }, (_, axis) => axis).filter((axis) => axis !== 1);
    const meanOf = (values: string) => {
      const name = `${values}/${node.name}/mean`;
      // From operator set 18 on the axes are an input.
      return (graph.opsets.get("") ?? 0) < 18
        ? builder.add(name, "ReduceMean", [values], { axes: ints(axes) })
        : builder.add(name, "ReduceMean", [
          values,
          builder.constant(`${name}/axes`, int64(axes)),
        ]);
    };
    const mean = meanOf(x);
    const centred = builder.add(`${batchMean}/centred`, "Sub", [x, mean]);
    const variance = meanOf(builder.add(`${batchVariance}/square`, "Mul", [centred, centred]));
    const statistics = [
      builder.add(batchMean, "Reshape", [mean, vector]),
      builder.add(batchVariance, "Reshape", [variance, vector]),
    ];
    builder.addNode({ ...node, inputs: [x, scale, shift, ...statistics] });
  }
  const outputs = norms.flatMap(({ batchMean, batchVariance }) => [batchMean, batchVariance]);
  const { opsets, irVersion } = graph;
  return tap({ ...builder.build(), opsets, irVersion }, outputs);
}

function int64(values: readonly number[]): Tensor {
  return { type: "int64", dims: [values.length], data: BigInt64Array.from(values, BigInt) };
}

function add(
  sums: Map<string, Float64Array>,
  name: string,
  values: Float32Array,
  factor: number,
): void {
  const sum = sums.get(name) ?? new Float64Array(values.length);
  for (const [at, value] of values.entries()) sum[at]! += factor * value;
  sums.set(name, sum);
}
