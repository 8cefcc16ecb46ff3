/**
 * A training run: epochs of seeded batches, a checkpoint after each, and the record of what happened.
 * A run that was killed goes on from its last checkpoint and ends in the same bits.
 *
 * @module
 */
import type { Augmentation } from "../../datasets/augment/mod.ts";
import { type Progress, RunError, UsageError } from "../base/mod.ts";
import type { Device } from "../device/mod.ts";
import type { Graph } from "../graph/mod.ts";
import type { EpochRecord, Snapshot } from "./checkpoint.ts";
import type { CheckpointFile } from "./checkpoint_file.ts";
import type { Engine, Trainer, TrainingState, Weights } from "./engine.ts";
import { evaluate, scoresOf, withWeights } from "./evaluate.ts";
import { type BatchSource, openBatchSource } from "./batch_source.ts";
import type { TrainingImages } from "./image_batches.ts";
import type { LossTerm } from "./loss_term.ts";
import type { OptimiserSettings } from "./optimiser.ts";
import { learningRateAt, type RunLength, type Schedule } from "./schedule.ts";
import { shuffledBatches } from "./shuffled_batches.ts";
import { type TrainingForm, trainingForm } from "./training_form.ts";

/** How a network is trained. */
export interface TrainingSettings {
  readonly epochs: number;
  readonly batch: number;
  readonly optimiser: OptimiserSettings;
  readonly schedule: Schedule;
  /** Stops after so many epochs without a lower validation loss, and takes the best epoch; null: never. */
  readonly patience: number | null;
  /** Prefixes of layers that stay as they are. */
  readonly frozen: readonly string[];
  /** Further terms of the loss. */
  readonly terms?: readonly LossTerm[];
  readonly seed: number;
  /** Steps after which the weights are kept, besides those at the end; 0 is the start. */
  readonly snapshots: readonly number[];
}

/** What a network is trained on. */
export interface TrainingData {
  readonly train: TrainingImages;
  readonly validation: TrainingImages | null;
  readonly augmentation: Augmentation | null;
  /** Augmented copies of each image, taken in turn, epoch by epoch; when absent, each epoch augments anew. */
  readonly copies?: number;
}

/** Where a training run happens. */
export interface TrainingContext {
  readonly engine: Engine;
  /** Where validation runs. */
  readonly device: Device;
  /** Name for progress and errors. */
  readonly name: string;
  /** Null: nothing is kept between runs. */
  readonly checkpoint: CheckpointFile | null;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** What a training run gives. */
export interface TrainedNetwork {
  /** The network with the weights of the last epoch, or of the best one with early stopping. */
  readonly weights: Weights;
  readonly history: readonly EpochRecord[];
  readonly snapshots: readonly Snapshot[];
}

/**
 * Trains a network.
 *
 * @param logits Value with the logits [N, K].
 * @throws {RunError} When a loss is not finite, naming epoch and step, or a weight after an epoch; the
 * last checkpoint stays.
 * @throws {UsageError} When the batch is larger than the data, or early stopping has no validation images.
 */
export async function trainNetwork(
  network: Graph,
  logits: string,
  data: TrainingData,
  settings: TrainingSettings,
  context: TrainingContext,
): Promise<TrainedNetwork> {
  if (settings.patience !== null && !data.validation) {
    throw new UsageError(
      `patience: found ${settings.patience} without validation images, wanted some to go by`,
    );
  }
  const source = await openBatchSource(network, logits, {
    images: data.train,
    augmentation: data.augmentation,
    copies: data.copies ?? null,
    seed: settings.seed,
    training: { frozen: settings.frozen },
    device: context.device,
  });
  let trainer: Trainer | undefined;
  try {
    const form = trainingForm(source.network, {
      batch: settings.batch,
      image: source.dims,
      logits,
      frozen: settings.frozen,
      ...(settings.terms && { terms: settings.terms }),
    });
    trainer = await context.engine.open(form, settings.optimiser);
    return await new Run(network, form, source, data, settings, context, trainer).toEnd();
  } finally {
    await trainer?.release();
    await source.release();
  }
}

/** One run under way. */
class Run {
  #epoch = 0;
  #history: EpochRecord[] = [];
  #snapshots: Snapshot[] = [];
  #best: { loss: number; epoch: number; weights: Weights } | undefined;

  constructor(
    readonly network: Graph,
    readonly form: TrainingForm,
    readonly source: BatchSource,
    readonly data: TrainingData,
    readonly settings: TrainingSettings,
    readonly context: TrainingContext,
    readonly trainer: Trainer,
  ) {}

  async toEnd(): Promise<TrainedNetwork> {
    const { settings, context, data } = this;
    const images = data.train.images.labels.length;
    const length: RunLength = {
      stepsPerEpoch: Math.floor(images / settings.batch),
      totalSteps: Math.floor(images / settings.batch) * settings.epochs,
    };
    await this.#resume();
    if (this.#epoch === 0) await this.#keepSnapshot(0);
    const left = (settings.epochs - this.#epoch) * length.stepsPerEpoch * settings.batch;
    const task = context.progress.begin(context.name, left, "images");
    try {
      while (this.#epoch < settings.epochs && !this.#isStuck()) {
        await this.#trainEpoch(length, (images, note) => task.advance(images, note));
      }
    } finally {
      task.finish();
    }
    const weights = this.#best?.weights ?? (await this.trainer.state()).weights;
    return { weights, history: this.#history, snapshots: this.#snapshots };
  }

  async #trainEpoch(
    length: RunLength,
    advance: (images: number, note: string) => void,
  ): Promise<void> {
    const { settings, context, data, form, source, trainer } = this;
    const { labels } = data.train.images;
    const batches = shuffledBatches(labels.length, settings.batch, settings.seed, this.#epoch);
    const metrics = new Map([...form.metrics.keys()].map((name) => [name, 0]));
    let loss = 0;
    let correct = 0;
    let rate = 0;
    let step = this.#epoch * length.stepsPerEpoch;
    for (const [at, members] of batches.entries()) {
      context.signal.throwIfAborted();
      const batch = await source.batch(form, members, this.#epoch);
      rate = learningRateAt(settings.schedule, step++, length);
      const result = await trainer.step(batch, rate);
      this.#requireFinite(result.loss, at, batches.length);
      loss += result.loss;
      for (const [name, value] of result.metrics) {
        metrics.set(name, metrics.get(name)! + value / batches.length);
      }
      correct += scoresOf(result.logits.data, labelsOf(labels, members)).correct;
      const seen = (at + 1) * settings.batch;
      advance(
        members.length,
        `epoch ${this.#epoch + 1} of ${settings.epochs}, loss ${(loss / (at + 1)).toFixed(3)}, ` +
          `accuracy ${(100 * correct / seen).toFixed(1)} %`,
      );
      await this.#keepSnapshot(step);
    }
    const state = await trainer.state();
    this.#requireFiniteWeights(state);
    const epoch = this.#epoch + 1;
    const validation = await this.#validate(state, epoch);
    this.#epoch = epoch;
    this.#history.push({
      epoch,
      step,
      learningRate: rate,
      trainLoss: loss / batches.length,
      trainAccuracy: correct / (batches.length * settings.batch),
      validationLoss: validation?.loss ?? null,
      validationAccuracy: validation?.accuracy ?? null,
      ...(metrics.size > 0 && { metrics: Object.fromEntries(metrics) }),
    });
    if (
      validation && settings.patience !== null &&
      validation.loss < (this.#best?.loss ?? Infinity)
    ) {
      this.#best = { loss: validation.loss, epoch, weights: state.weights };
    }
    await context.checkpoint?.save({
      epoch,
      state,
      history: this.#history,
      snapshots: this.#snapshots,
      best: this.#best ?? null,
    });
  }

  async #validate({ weights }: TrainingState, epoch: number) {
    const { data, network, form, context } = this;
    if (!data.validation) return undefined;
    const trained = withWeights(network, weights);
    const name = `${context.name} on its validation images after epoch ${epoch}`;
    return await evaluate(context.device, trained, form.logits, data.validation, name);
  }

  async #resume(): Promise<void> {
    const saved = await this.context.checkpoint?.load(this.form);
    if (!saved) return;
    await this.trainer.restore(saved.state);
    this.#epoch = saved.epoch;
    this.#history = [...saved.history];
    this.#snapshots = [...saved.snapshots];
    this.#best = saved.best ?? undefined;
  }

  async #keepSnapshot(step: number): Promise<void> {
    if (!this.settings.snapshots.includes(step)) return;
    this.#snapshots.push({ step, weights: (await this.trainer.state()).weights });
  }

  /** Whether too many epochs have passed without a lower validation loss. */
  #isStuck(): boolean {
    const { patience } = this.settings;
    return patience !== null && this.#best !== undefined &&
      this.#epoch - this.#best.epoch >= patience;
  }

  #requireFinite(loss: number, at: number, batches: number): void {
    if (Number.isFinite(loss)) return;
    this.#refuse(`the loss is ${loss} in epoch ${this.#epoch + 1}, step ${at + 1} of ${batches}`);
  }

  /** The last step of an epoch may leave what no loss has shown yet. */
  #requireFiniteWeights({ weights }: TrainingState): void {
    for (const [name, { data }] of weights) {
      const found = data.find((value) => !Number.isFinite(value));
      if (found === undefined) continue;
      this.#refuse(`"${name}" holds ${found} after epoch ${this.#epoch + 1}`);
    }
  }

  #refuse(found: string): never {
    const { context, settings } = this;
    const kept = this.#epoch > 0 && context.checkpoint
      ? `; the checkpoint of epoch ${this.#epoch} stays`
      : "";
    throw new RunError(
      `Cannot go on ${context.name}: ${found}, wanted finite numbers: lower the learning rate, ` +
        `${settings.schedule.base}${kept}`,
    );
  }
}

function labelsOf(labels: Int32Array, members: Int32Array): Int32Array {
  return members.map((member) => labels[member]!);
}
