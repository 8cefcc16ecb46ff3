/**
 * The third stage: only the last layer is trained, on similarities that are computed once (Chen et al.
 * 2019, section 2.2, a convex problem).
 *
 * @module
 */
import type { Augmentation } from "../../../datasets/augment/mod.ts";
import type { Device, FloatTensor } from "../../device/mod.ts";
import { LAST_LAYER, OUTPUT, type ProtoPNet, SIMILARITIES } from "../../nets/mod.ts";
import {
  type Engine,
  type Evaluation,
  FeatureCache,
  openBatchSource,
  scoresOf,
  trainingForm,
  type TrainingImages,
} from "../../train/mod.ts";
import { tap } from "../../graph/mod.ts";
import { type OptimiserState, restored } from "./open_stage.ts";
import { type EpochSums, runEpoch } from "./run_epoch.ts";
import { weightsOf } from "./network_weights.ts";
import { lastLayerTerm } from "./prototype_losses.ts";
import type { ProtoPNetSettings } from "./settings.ts";

/** What the last layer is trained on, and where. */
export interface LastLayerContext {
  readonly engine: Engine;
  readonly device: Device;
  readonly train: TrainingImages;
  readonly validation: TrainingImages | null;
  readonly augmentation: Augmentation | null;
  readonly signal: AbortSignal;
  /** Name for errors. */
  readonly name: string;
}

/** After one epoch. */
export interface LastLayerEpoch {
  readonly iteration: number;
  readonly weights: Float32Array;
  readonly sums: EpochSums;
  readonly validation: Evaluation | undefined;
}

/**
 * Trains the last layer with Adam (or the method of the settings), cross-entropy and L1 on the
 * connections to other classes.
 *
 * @param firstPass Number of the first pass over the images, which decides their order.
 * @param start Moments to go on from; undefined: none yet.
 * @param onEpoch Hears of each epoch.
 * @returns The optimiser's state at the end.
 */
export async function trainLastLayer(
  net: ProtoPNet,
  settings: Pick<ProtoPNetSettings, "seed" | "batch" | "method" | "coefficients" | "lastLayer">,
  context: LastLayerContext,
  firstPass: number,
  start: OptimiserState | undefined,
  onEpoch: (epoch: LastLayerEpoch) => void,
): Promise<OptimiserState> {
  const { seed, batch, method, coefficients, lastLayer } = settings;
  const { engine, device, train, validation, augmentation } = context;
  const weight = `${LAST_LAYER}weight`;
  const training = { trained: [weight] };
  const source = await openBatchSource(net.inference, OUTPUT, {
    images: train,
    augmentation,
    copies: lastLayer.copies,
    seed,
    training,
    device,
    budget: Infinity,
  });
  try {
    const form = trainingForm(source.network, {
      batch,
      image: source.dims,
      logits: OUTPUT,
      ...training,
      crossEntropy: coefficients.crossEntropy,
      terms: [lastLayerTerm(net.classOf, net.classes, coefficients.l1)],
    });
    const trainer = await engine.open(form, {
      method,
      weightDecay: 0,
      clipNorm: null,
      groups: [{ prefixes: [weight], rate: lastLayer.rate, weightDecay: 0 }],
    });
    try {
      if (start) await trainer.restore(restored(start, form, weightsOf(net)));
      const validate = validation && await similaritiesOf(net, device, validation);
      for (let iteration = 0; iteration < lastLayer.epochs; iteration++) {
        const sums = await runEpoch(trainer, form, source, train.images.labels, {
          seed,
          pass: firstPass + iteration,
          copy: iteration,
          factor: 1,
          signal: context.signal,
          name: `${context.name}, last layer`,
        });
        const { weights } = await trainer.state();
        const { data } = weights.get(weight)!;
        onEpoch({
          iteration,
          weights: data,
          sums,
          validation: validate ? validate(data) : undefined,
        });
      }
      const { step, moments } = await trainer.state();
      return { step, moments };
    } finally {
      await trainer.release();
    }
  } finally {
    await source.release();
  }
}

/** A function that evaluates other last layers on images whose similarities are computed once. */
async function similaritiesOf(
  net: ProtoPNet,
  device: Device,
  images: TrainingImages,
): Promise<(weights: Float32Array) => Evaluation> {
  const source = { images, augmentation: null, copies: 1, seed: 0 };
  const graph = tap(net.inference, [SIMILARITIES]);
  const cache = await FeatureCache.open(device, graph, source, Infinity);
  try {
    const { labels } = images.images;
    const similarities = await cache!.of(Int32Array.from(labels.keys()), 0);
    return (weights) => evaluation(similarities, weights, labels, net.classes);
  } finally {
    await cache!.release();
  }
}

function evaluation(
  { dims, data }: FloatTensor,
  weights: Float32Array,
  labels: Int32Array,
  classes: number,
): Evaluation {
  const [count, prototypes] = dims as [number, number];
  const logits = new Float32Array(count * classes);
  for (let n = 0; n < count; n++) {
    for (let k = 0; k < classes; k++) {
      let sum = 0;
      for (let j = 0; j < prototypes; j++) {
        sum += data[n * prototypes + j]! * weights[k * prototypes + j]!;
      }
      logits[n * classes + k] = sum;
    }
  }
  const { loss, correct } = scoresOf(logits, labels);
  return { loss: loss / count, accuracy: correct / count };
}
