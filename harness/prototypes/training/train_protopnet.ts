/**
 * The three stages of ProtoPNet (Chen et al. 2019, section 2.2): warm-up and joint training, projection,
 * last layer. A run that was killed goes on from its last checkpoint and ends in the same bits.
 *
 * @module
 */
import type { Augmentation } from "../../../datasets/augment/mod.ts";
import { type Progress, type ProgressTask, RunError } from "../../base/mod.ts";
import type { Device } from "../../device/mod.ts";
import { OUTPUT, type ProtoPNet } from "../../nets/mod.ts";
import { type Engine, evaluate, type TrainingImages, type Weights } from "../../train/mod.ts";
import { project } from "../project.ts";
import { firstPrototypes } from "../first_prototypes.ts";
import { type ChosenState, isBetter, type ProjectionRecord } from "./chosen_state.ts";
import type { ProtoEpochRecord } from "./history.ts";
import { trainLastLayer } from "./last_layer.ts";
import { latentBatches } from "./latent_batches.ts";
import {
  prototypeLayerOf,
  weightsOf,
  withNetworkWeights,
  withPrototypeLayer,
} from "./network_weights.ts";
import { type OpenStage, openStage, type OptimiserState } from "./open_stage.ts";
import type { ProtoCheckpointFile, ProtoRunState } from "./proto_checkpoint.ts";
import { runEpoch } from "./run_epoch.ts";
import {
  type PlannedEpoch,
  plannedEpochs,
  type ProtoPNetSettings,
  type Stage,
} from "./settings.ts";
import type { Validator } from "./validator.ts";

/** What a ProtoPNet is trained on. */
export interface ProtoPNetData {
  /** Training images; prototypes are projected onto these, not augmented. */
  readonly train: TrainingImages;
  /** Images that choose the state that is returned; null: the last one is taken. */
  readonly validation: TrainingImages | null;
  readonly augmentation: Augmentation | null;
  /** By training image: 1 where prototypes may be projected onto it (nothing is missing); null: all. */
  readonly pushable: Uint8Array | null;
}

/** Where a run happens. */
export interface ProtoPNetContext {
  readonly engine: Engine;
  /** Where frozen layers, validation and projection run. */
  readonly device: Device;
  /** Name for progress and errors. */
  readonly name: string;
  /** Null: nothing is kept between runs. */
  readonly checkpoint: ProtoCheckpointFile | null;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** What a run gives. */
export interface TrainedProtoPNet {
  /** The network with the weights of the chosen state, always one after a projection. */
  readonly net: ProtoPNet;
  readonly history: readonly ProtoEpochRecord[];
  /** Which state that is, and where its prototypes come from. */
  readonly chosen: ChosenState;
}

/**
 * Trains a ProtoPNet from the weights that it has. Of all states after a projection, and after each epoch
 * of the last layer that follows one, the one with the highest validation accuracy is returned (then the
 * lowest validation loss, then the earliest).
 *
 * @throws {RunError} When a loss or a weight is not finite, or a class has no image to project onto.
 * @throws {UsageError} When the batch is larger than the data, or numbers of epochs are none.
 */
export async function trainProtoPNet(
  net: ProtoPNet,
  data: ProtoPNetData,
  settings: ProtoPNetSettings,
  context: ProtoPNetContext,
): Promise<TrainedProtoPNet> {
  const planned = plannedEpochs(settings);
  return await new Run(net, data, settings, context).toEnd(planned);
}

/** One run under way. */
class Run {
  #net: ProtoPNet;
  #open: OpenStage | undefined;
  #optimiser: { stage: Stage; state: OptimiserState } | undefined;
  #lastLayer: OptimiserState | undefined;
  #history: ProtoEpochRecord[] = [];
  #best: (ChosenState & { readonly weights: Weights }) | undefined;

  constructor(
    net: ProtoPNet,
    readonly data: ProtoPNetData,
    readonly settings: ProtoPNetSettings,
    readonly context: ProtoPNetContext,
  ) {
    this.#net = net;
  }

  async toEnd(planned: readonly PlannedEpoch[]): Promise<TrainedProtoPNet> {
    const { context, data, settings } = this;
    const saved = await context.checkpoint?.load(weightsOf(this.#net));
    const left = planned.slice(saved?.epochs ?? 0);
    if (saved) this.#restore(saved, planned[saved.epochs - 1]!.stage);
    else if (settings.firstPrototypes === "patches") await this.#drawPrototypes();
    const steps = Math.floor(data.train.images.labels.length / settings.batch);
    const task = context.progress.begin(
      context.name,
      left.length * steps * settings.batch,
      "images",
    );
    try {
      for (const epoch of left) {
        const weights = await this.#trainEpoch(epoch, planned.length, task);
        this.#net = withNetworkWeights(this.#net, weights);
        if (epoch.push) {
          await this.#close();
          await this.#push(epoch, planned);
        }
        await context.checkpoint?.save(this.#state(epoch.epoch + 1));
      }
    } finally {
      task.finish();
      await this.#close();
    }
    const { weights, ...chosen } = this.#best!;
    return { net: withNetworkWeights(this.#net, weights), history: this.#history, chosen };
  }

  async #drawPrototypes(): Promise<void> {
    const { data, settings, context } = this;
    const layer = prototypeLayerOf(this.#net);
    const batches = latentBatches(context.device, this.#net.inference, data.train, data.pushable);
    const drawn = await firstPrototypes(layer, batches, settings.seed);
    this.#net = withPrototypeLayer(this.#net, drawn);
  }

  #restore(saved: ProtoRunState, stage: Stage): void {
    this.#net = withNetworkWeights(this.#net, saved.weights);
    this.#optimiser = { stage, state: saved.optimiser };
    this.#lastLayer = saved.lastLayer;
    this.#history = [...saved.history];
    this.#best = saved.best;
  }

  #state(epochs: number): ProtoRunState {
    return {
      epochs,
      weights: weightsOf(this.#net),
      optimiser: this.#optimiser!.state,
      lastLayer: this.#lastLayer,
      history: this.#history,
      best: this.#best,
    };
  }

  async #trainEpoch(
    { epoch, stage, factor }: PlannedEpoch,
    epochs: number,
    task: ProgressTask,
  ): Promise<Weights> {
    const { data, settings, context } = this;
    if (this.#open?.stage !== stage) {
      await this.#close();
      const start = this.#optimiser?.stage === stage ? this.#optimiser.state : undefined;
      this.#open = await openStage(stage, this.#net, data, settings, context, start);
    }
    const { trainer, form, source } = this.#open;
    const sums = await runEpoch(trainer, form, source, data.train.images.labels, {
      seed: settings.seed,
      pass: epoch,
      copy: epoch,
      factor,
      signal: context.signal,
      name: context.name,
      advance: (images, note) => task.advance(images, `epoch ${epoch + 1} of ${epochs}, ${note}`),
    });
    const { step, weights, moments } = await trainer.state();
    requireFinite(weights, `${context.name} after epoch ${epoch}`);
    this.#optimiser = { stage, state: { step, moments } };
    const net = withNetworkWeights(this.#net, weights);
    const validation = await this.#validate(net, this.#open.validate);
    this.#history.push({ epoch, stage, iteration: null, ...sums, ...validation });
    return weights;
  }

  async #close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.release();
  }

  async #validate(net: ProtoPNet, validate?: Validator) {
    const { data, context } = this;
    if (!data.validation) return { validationLoss: null, validationAccuracy: null };
    const name = `${context.name} on its validation images`;
    const found = await (validate?.(net) ??
      evaluate(context.device, net.inference, OUTPUT, data.validation, name));
    return { validationLoss: found.loss, validationAccuracy: found.accuracy };
  }

  async #push({ epoch }: PlannedEpoch, planned: readonly PlannedEpoch[]): Promise<void> {
    const { data, settings, context } = this;
    const { device, engine, signal } = context;
    const { distinct } = settings.push;
    const batches = latentBatches(device, this.#net.inference, data.train, data.pushable);
    const found = await project(prototypeLayerOf(this.#net), batches, { distinct });
    this.#net = withPrototypeLayer(this.#net, found.layer);
    const projection: ProjectionRecord = {
      epoch,
      sources: found.sources.map((source) => ({ ...source })),
      duplicates: found.duplicates,
      identical: found.identical.map((same) => ({ ...same })),
    };
    const nothing = { trainLoss: null, trainAccuracy: null, metrics: {} };
    const validation = await this.#validate(this.#net);
    this.#history.push({ epoch, stage: "push", iteration: null, ...nothing, ...validation });
    this.#choose({ epoch, lastLayerEpochs: 0, ...validation, projection }, this.#net);
    if (this.#net.similarity === "linear" || settings.lastLayer.epochs === 0) return;

    const before = planned.filter((other) => other.push && other.epoch < epoch).length;
    const pushed = this.#net;
    this.#lastLayer = await trainLastLayer(
      pushed,
      settings,
      {
        engine,
        device,
        signal,
        train: data.train,
        validation: data.validation,
        augmentation: data.augmentation,
        name: context.name,
      },
      planned.length + before * settings.lastLayer.epochs,
      this.#lastLayer,
      ({ iteration, weights, sums, validation }) => {
        const measured = {
          validationLoss: validation?.loss ?? null,
          validationAccuracy: validation?.accuracy ?? null,
        };
        this.#history.push({ epoch, stage: "last-layer", iteration, ...sums, ...measured });
        this.#net = withPrototypeLayer(pushed, { ...prototypeLayerOf(pushed), weights });
        this.#choose({ epoch, lastLayerEpochs: iteration + 1, ...measured, projection }, this.#net);
      },
    );
  }

  #choose(state: ChosenState, net: ProtoPNet): void {
    if (this.#best && !isBetter(state, this.#best)) return;
    this.#best = { ...state, weights: weightsOf(net) };
  }
}

/** The last step of an epoch may leave what no loss has shown yet. */
function requireFinite(weights: Weights, when: string): void {
  for (const [name, { data }] of weights) {
    const found = data.find((value) => !Number.isFinite(value));
    if (found === undefined) continue;
    throw new RunError(
      `Cannot go on ${when}: "${name}" holds ${found}, wanted finite numbers: lower the rates`,
    );
  }
}
