/**
 * A task that a tiny ProtoPNet learns in a few epochs, and everything that training it needs.
 *
 * @module
 */
import { shift } from "../../../../datasets/augment/mod.ts";
import { randomStream, silentProgress } from "../../../base/mod.ts";
import { type Device, openCpu } from "../../../device/mod.ts";
import { buildBackbone, type ProtoPNet, protopnet } from "../../../nets/mod.ts";
import { ortEngine, type TrainingImages } from "../../../train/mod.ts";
import { AUTHORS_SETTINGS, type ProtoPNetSettings } from "../settings.ts";
import type { ProtoPNetContext, ProtoPNetData } from "../train_protopnet.ts";

const SIDE = 16;
const CLASSES = 3;

/** Noisy colour images of 16 x 16 pixels with a red, green or blue square of 6 x 6 somewhere. */
export function marks(count: number, seed: number): TrainingImages {
  const random = randomStream(seed, "marks");
  const labels = Int32Array.from({ length: count }, (_, at) => at % CLASSES);
  const pixels = Uint8Array.from(
    { length: count * SIDE * SIDE * 3 },
    () => random.integer(120),
  );
  for (const [at, label] of labels.entries()) {
    const [left, top] = [random.integer(SIDE - 6), random.integer(SIDE - 6)];
    for (let y = top; y < top + 6; y++) {
      for (let x = left; x < left + 6; x++) {
        pixels[((at * SIDE + y) * SIDE + x) * 3 + label] = 230;
      }
    }
  }
  return {
    images: {
      width: SIDE,
      height: SIDE,
      channels: 3,
      classes: ["red", "green", "blue"],
      labels,
      names: Array.from(labels, (_, at) => `mark-${at}`),
      pixels,
    },
    preprocessing: {
      shortSide: null,
      crop: SIDE,
      mean: [0.25, 0.25, 0.25],
      std: [0.25, 0.25, 0.25],
    },
    luminance: null,
  };
}

/** Two prototypes a class on four convolutions with batch normalisation; a map of 4 x 4 cells. */
export function smallProtoPNet(similarity: ProtoPNet["similarity"] = "log"): ProtoPNet {
  const backbone = buildBackbone("vgg_objects_bn", {
    inputSize: SIDE,
    inputChannels: 3,
    width: 0.25,
    seed: 1,
    stride: 4,
  });
  return protopnet(backbone, {
    classes: CLASSES,
    prototypes: 2 * CLASSES,
    depth: 8,
    addOn: "regular",
    similarity,
    seed: 1,
  });
}

/** Every third image cannot be projected onto. */
export const DATA: ProtoPNetData = {
  train: marks(60, 1),
  validation: marks(31, 2),
  augmentation: shift({ width: SIDE, height: SIDE, channels: 3 }, 1),
  pushable: Uint8Array.from({ length: 60 }, (_, at) => at % 4 === 0 ? 0 : 1),
};

/** Six epochs, two of them warm-up, projection after the fourth and the last. */
export const SETTINGS: ProtoPNetSettings = {
  ...AUTHORS_SETTINGS,
  batch: 12,
  epochs: 6,
  warm: { ...AUTHORS_SETTINGS.warm, epochs: 2 },
  joint: {
    ...AUTHORS_SETTINGS.joint,
    backbone: { rate: 3e-3, weightDecay: 1e-3 },
    everyEpochs: 3,
  },
  push: { start: 3, every: 3, distinct: false },
  lastLayer: { epochs: 4, rate: 1e-2, copies: 2 },
  copies: 2,
};

/** The device of the tests. */
export const cpu: Device = await openCpu(1);

/** ONNX Runtime on one thread, nothing kept, nothing shown. */
export const CONTEXT: ProtoPNetContext = {
  engine: ortEngine(cpu),
  device: cpu,
  name: "training marks",
  checkpoint: null,
  progress: silentProgress,
  signal: new AbortController().signal,
};
