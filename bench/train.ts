/**
 * `deno task bench train`: images a second of whole training steps (forward pass, loss, backward pass, SGD
 * with momentum and weight decay) against PyTorch, in turn, each as a process of its own. PyTorch runs as it
 * comes, and once more with an allocator that keeps freed memory, as ours is told to: where page faults are
 * dear, that alone doubles its speed.
 *
 * @module
 */
import { randomStream } from "../harness/base/mod.ts";
import { type Device, type FloatTensor, openCpu } from "../harness/device/mod.ts";
import { inferShapes, type Shape } from "../harness/graph/gradient/mod.ts";
import { type Graph, GraphBuilder, intAttribute, writeGraph } from "../harness/graph/mod.ts";
import { buildNetwork } from "../harness/nets/mod.ts";
import { peakMemory } from "../harness/run/mod.ts";
import { ortEngine, TARGETS, trainingForm } from "../harness/train/mod.ts";
import { KEEP_FREED_MEMORY, median, ours, peer, peerWith } from "./process.ts";

const BATCH = 64;
const CLASSES = 10;
const SEED = 1;

/** Steps that do not count, and those of which the median counts; the peer does the same. */
const WARM_UP = 3;
const STEPS = 15;

const NETWORKS = {
  vgg16: { size: 32, width: 0.25 },
  resnet18: { size: 64, width: 1 },
} as const;

type NetworkName = keyof typeof NETWORKS;

/** What both sides measure. */
interface StepTimes {
  /** Of the median step. */
  readonly seconds: number;
  /** Of the fastest step. */
  readonly fastest: number;
  readonly loss: number;
  readonly peakMemoryBytes: number;
}

/** What only our side measures. */
interface OurTimes extends StepTimes {
  /** Arithmetic of the direct convolutions and dense layers, forward and backward. */
  readonly flops: number;
  /** Of a large matrix product, floating-point operations a second. */
  readonly peakRate: number;
}

/** All sides of one round. */
interface Round {
  readonly ours: OurTimes;
  readonly peer: StepTimes;
  readonly keepingPeer: StepTimes;
}

/** Runs rounds and prints the comparison. */
export async function train([rounds = "5", only]: string[]): Promise<void> {
  const threads = String(navigator.hardwareConcurrency);
  for (const name of Object.keys(NETWORKS).filter((name) => !only || name === only)) {
    const job = ["./peer_train.py", name, String(STEPS), threads] as const;
    const measured: Round[] = [];
    for (let round = 0; round < Number(rounds); round++) {
      measured.push({
        ours: await ours<OurTimes>("train-job", name),
        peer: await peer<StepTimes>(...job),
        keepingPeer: await peerWith<StepTimes>(KEEP_FREED_MEMORY, ...job),
      });
    }
    const { size, width } = NETWORKS[name as NetworkName];
    console.log(`${name}, width ${width}, ${size} x ${size}, batch ${BATCH}, ${threads} threads`);
    report(measured);
  }
}

function report(rounds: readonly Round[]): void {
  const { flops } = rounds[0]!.ours;
  const rate = (times: readonly StepTimes[]) => {
    const seconds = median(times.map(({ seconds }) => seconds));
    return {
      "images/s (median)": Math.round(BATCH / seconds),
      "images/s (fastest)": Math.round(BATCH / Math.min(...times.map(({ fastest }) => fastest))),
      "GFLOP/s (median)": Math.round(flops / seconds / 1e9),
      "peak memory (MiB)": Math.round(
        median(times.map(({ peakMemoryBytes }) => peakMemoryBytes)) / 2 ** 20,
      ),
    };
  };
  console.table({
    ours: rate(rounds.map(({ ours }) => ours)),
    peer: rate(rounds.map(({ peer }) => peer)),
    "peer, memory kept": rate(rounds.map(({ keepingPeer }) => keepingPeer)),
  });
  const peak = median(rounds.map(({ ours }) => ours.peakRate));
  const share = median(rounds.map(({ ours }) => flops / ours.seconds / ours.peakRate));
  console.log(
    `images a second, median of ${rounds.length} rounds: ` +
      `${ratioOf(rounds, ({ peer }) => peer)} times the peer's, ` +
      `${ratioOf(rounds, ({ keepingPeer }) => keepingPeer)} times the peer's with its memory kept`,
  );
  console.log(
    `${(flops / 1e9).toFixed(1)} GFLOP a step as direct convolutions, ` +
      `${Math.round(100 * share)} % of the rate of a large matrix product ` +
      `(${Math.round(peak / 1e9)} GFLOP/s)`,
  );
}

function ratioOf(rounds: readonly Round[], other: (round: Round) => StepTimes): string {
  const ratios = rounds.map((round) => other(round).seconds / round.ours.seconds);
  return `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${
    Math.max(...ratios).toFixed(2)
  })`;
}

/** Our side, in its own process. */
export async function trainJob([name]: string[]): Promise<void> {
  const { size, width } = NETWORKS[name as NetworkName];
  const network = buildNetwork(name as NetworkName, {
    classes: CLASSES,
    inputSize: size,
    inputChannels: 3,
    width,
    seed: SEED,
  });
  const form = trainingForm(network, { batch: BATCH, image: [3, size, size] });
  const random = randomStream(SEED, "train");
  const batch = {
    [form.images]: filled([BATCH, 3, size, size], () => random.normal()),
    [TARGETS]: filled([BATCH, CLASSES], (i) => {
      return i % CLASSES === Math.floor(i / CLASSES) % CLASSES ? 1 : 0;
    }),
    ...Object.fromEntries(
      form.masks.map(({ input, shape, ratio }) => [
        input,
        filled(shape, () => random.uniform() < ratio ? 0 : 1 / (1 - ratio)),
      ]),
    ),
  };
  const device = await openCpu(navigator.hardwareConcurrency);
  const trainer = await ortEngine(device).open(form, {
    method: { name: "sgd", momentum: 0.9, nesterov: false },
    weightDecay: 5e-4,
    groups: [],
    clipNorm: null,
  });
  const seconds: number[] = [];
  let loss = NaN;
  for (let step = 0; step < WARM_UP + STEPS; step++) {
    const start = performance.now();
    ({ loss } = await trainer.step(batch, 0.01));
    if (step >= WARM_UP) seconds.push((performance.now() - start) / 1000);
  }
  await trainer.release();
  const times: OurTimes = {
    seconds: median(seconds),
    fastest: Math.min(...seconds),
    loss,
    flops: flopsOf(form.graph, form.images),
    peakMemoryBytes: peakMemory(),
    peakRate: await peakRate(device),
  };
  console.log(JSON.stringify(times));
}

function filled(dims: readonly number[], value: (i: number) => number): FloatTensor {
  const length = dims.reduce((product, size) => product * size, 1);
  return { dims, data: Float32Array.from({ length }, (_, i) => value(i)) };
}

/**
 * Two for each multiplication of a convolution or dense layer; twice that again for the gradients by weights and
 * inputs, except that nothing wants the gradient by the images.
 */
function flopsOf(graph: Graph, images: string): number {
  const shapes = inferShapes(
    graph,
    new Map(graph.inputs.map(({ name, shape }) => [name, shape as Shape])),
  );
  const size = (shape: Shape) => shape.reduce((product, value) => product * value, 1);
  let flops = 0;
  for (const { op, inputs, outputs, ...node } of graph.nodes) {
    if (op !== "Conv" && op !== "Gemm") continue;
    const [x, w] = inputs.map((input) => shapes.get(input)!);
    const y = shapes.get(outputs[0]!)!;
    const terms = op === "Conv"
      ? size(w!.slice(1))
      : x!.at(intAttribute({ op, inputs, outputs, ...node }, "transA", 0) ? 0 : 1)!;
    flops += 2 * size(y) * terms * (inputs[0] === images ? 2 : 3);
  }
  return flops;
}

/** Floating-point operations a second of a matrix product of 2048 x 2048, the best of ten. */
async function peakRate(device: Device): Promise<number> {
  const size = 2048;
  const builder = new GraphBuilder("product");
  builder.input("a", [size, size]);
  builder.input("b", [size, size]);
  builder.output(builder.add("y", "MatMul", ["a", "b"]));
  const session = await device.open(writeGraph(builder.build()));
  const factor = filled([size, size], (i) => (i % 7) - 3);
  let fastest = Infinity;
  for (let repeat = 0; repeat < 10; repeat++) {
    const start = performance.now();
    await session.run({ a: factor, b: factor });
    fastest = Math.min(fastest, performance.now() - start);
  }
  await session.release();
  return 2 * size ** 3 / (fastest / 1000);
}
