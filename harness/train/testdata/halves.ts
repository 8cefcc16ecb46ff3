/**
 * A task that a tiny network learns in a few steps, and everything that training it needs.
 *
 * @module
 */
import type { LabelledImages } from "../../../datasets/mod.ts";
import { randomStream, silentProgress } from "../../base/mod.ts";
import { type Device, openCpu } from "../../device/mod.ts";
import { type Graph, GraphBuilder, int } from "../../graph/mod.ts";
import type { TrainingImages } from "../image_batches.ts";
import type { OptimiserSettings } from "../optimiser.ts";
import { ortEngine } from "../ort_engine.ts";
import type { TrainingContext, TrainingSettings } from "../train_network.ts";

const SIDE = 4;

/** Noisy grey images of 4 x 4 pixels, bright on the left (class 0) or on the right (class 1). */
export function halves(count: number, seed: number): TrainingImages {
  const random = randomStream(seed, "halves");
  const labels = Int32Array.from({ length: count }, () => random.integer(2));
  const pixels = Uint8Array.from({ length: count * SIDE * SIDE }, (_, at) => {
    const isRight = at % SIDE >= SIDE / 2;
    const label = labels[Math.floor(at / (SIDE * SIDE))]!;
    return random.integer(80) + (isRight === (label === 1) ? 150 : 0);
  });
  const images: LabelledImages = {
    width: SIDE,
    height: SIDE,
    channels: 1,
    classes: ["left", "right"],
    labels,
    names: Array.from(labels, (_, at) => `half-${at}`),
    pixels,
  };
  const preprocessing = { shortSide: null, crop: SIDE, mean: [0.5], std: [0.25] };
  return { images, preprocessing, luminance: null };
}

/** Layers that a network has besides the others. */
export interface Extras {
  readonly norm?: boolean;
  readonly dropout?: boolean;
}

/** Convolution, batch normalisation, rectifier, dropout, dense layer. */
export function halvesNetwork({ norm = false, dropout = false }: Extras = {}): Graph {
  const builder = new GraphBuilder("halves");
  const random = randomStream(3, "halves network");
  const draw = (name: string, dims: readonly number[]) => {
    const size = dims.reduce((product, value) => product * value, 1);
    builder.weight(name, dims, Float32Array.from({ length: size }, () => 0.2 * random.normal()));
  };
  draw("conv.weight", [4, 1, 3, 3]);
  draw("conv.bias", [4]);
  draw("dense.weight", [2, 4 * SIDE * SIDE]);
  draw("dense.bias", [2]);
  const images = builder.input("images", ["N", 1, SIDE, SIDE]);
  let x = builder.conv("conv", images, { kernel: 3, padding: 1 }, true);
  if (norm) {
    const inputs = ["norm.weight", "norm.bias", "norm.running_mean", "norm.running_var"];
    for (const [at, name] of inputs.entries()) {
      builder.weight(name, [4], new Float32Array(4).fill(at % 3 === 0 ? 1 : 0));
    }
    x = builder.add("norm.out", "BatchNormalization", [x, ...inputs]);
  }
  x = builder.add("flat", "Flatten", [builder.add("relu", "Relu", [x])], { axis: int(1) });
  if (dropout) x = builder.add("drop", "Dropout", [x]);
  builder.linear("dense", x, "logits");
  builder.output("logits");
  return builder.build();
}

/** SGD with momentum and nothing else. */
export const SGD: OptimiserSettings = {
  method: { name: "sgd", momentum: 0.9, nesterov: false },
  weightDecay: 0,
  groups: [],
  clipNorm: null,
};

/** Three epochs that are enough. */
export const SETTINGS: TrainingSettings = {
  epochs: 3,
  batch: 8,
  optimiser: SGD,
  schedule: { kind: "constant", base: 0.05 },
  patience: null,
  frozen: [],
  seed: 1,
  snapshots: [],
};

/** The device of the tests. */
export const cpu: Device = await openCpu(1);

/** ONNX Runtime on one thread, nothing kept, nothing shown. */
export const CONTEXT: TrainingContext = {
  engine: ortEngine(cpu),
  device: cpu,
  name: "training halves",
  checkpoint: null,
  progress: silentProgress,
  signal: new AbortController().signal,
};
