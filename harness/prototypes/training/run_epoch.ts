/**
 * One pass over the training images.
 *
 * @module
 */
import { RunError } from "../../base/mod.ts";
import {
  type BatchSource,
  scoresOf,
  shuffledBatches,
  type Trainer,
  type TrainingForm,
} from "../../train/mod.ts";

/** Which pass it is. */
export interface PassOptions {
  readonly seed: number;
  /** Number of the pass over the whole run, which decides the order of the images. */
  readonly pass: number;
  /** Number of the pass among those that take the same augmented copies in turn. */
  readonly copy: number;
  /** Multiplies all rates. */
  readonly factor: number;
  readonly signal: AbortSignal;
  /** Name for errors. */
  readonly name: string;
  /** Hears of images that went through. */
  readonly advance?: (images: number, note: string) => void;
}

/** Means over the steps of a pass. */
export interface EpochSums {
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/**
 * @throws {RunError} When the loss of a step is not finite.
 * @throws {UsageError} When the batch is larger than the data.
 */
export async function runEpoch(
  trainer: Trainer,
  form: TrainingForm,
  source: BatchSource,
  labels: Int32Array,
  { seed, pass, copy, factor, signal, name, advance }: PassOptions,
): Promise<EpochSums> {
  const batches = shuffledBatches(labels.length, form.batch, seed, pass);
  const metrics = new Map([...form.metrics.keys()].map((metric) => [metric, 0]));
  let loss = 0;
  let correct = 0;
  for (const [at, members] of batches.entries()) {
    signal.throwIfAborted();
    const result = await trainer.step(await source.batch(form, members, copy), factor);
    if (!Number.isFinite(result.loss)) {
      throw new RunError(
        `Cannot go on ${name}: the loss is ${result.loss} in pass ${pass}, step ${at + 1} of ` +
          `${batches.length}, wanted finite numbers: lower the learning rates`,
      );
    }
    loss += result.loss;
    for (const [metric, value] of result.metrics) {
      metrics.set(metric, metrics.get(metric)! + value / batches.length);
    }
    correct += scoresOf(result.logits.data, members.map((member) => labels[member]!)).correct;
    const seen = (at + 1) * form.batch;
    advance?.(
      members.length,
      `loss ${(loss / (at + 1)).toFixed(3)}, accuracy ${(100 * correct / seen).toFixed(1)} %`,
    );
  }
  return {
    trainLoss: loss / batches.length,
    trainAccuracy: correct / (batches.length * form.batch),
    metrics: Object.fromEntries(metrics),
  };
}
