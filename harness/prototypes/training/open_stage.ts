/**
 * Warm-up or joint training, made ready.
 *
 * @module
 */
import { OUTPUT, type ProtoPNet } from "../../nets/mod.ts";
import {
  type BatchSource,
  openBatchSource,
  type Trainer,
  type TrainingForm,
  trainingForm,
  type TrainingState,
  type Weights,
} from "../../train/mod.ts";
import { weightsOf } from "./network_weights.ts";
import { prototypeTerms } from "./prototype_losses.ts";
import type { ProtoPNetSettings, Stage } from "./settings.ts";
import { stageOptimiser, stageParameters } from "./stage_form.ts";
import type { ProtoPNetContext, ProtoPNetData } from "./train_protopnet.ts";
import { openValidator, type Validator } from "./validator.ts";

/** What an optimiser knows besides the weights. */
export type OptimiserState = Pick<TrainingState, "step" | "moments">;

/** What is trained at the moment. */
export interface OpenStage {
  readonly stage: Stage;
  readonly source: BatchSource;
  readonly form: TrainingForm;
  readonly trainer: Trainer;
  /** Undefined where nothing is saved by it, or nothing is there to validate on. */
  readonly validate: Validator | undefined;
  release(): Promise<void>;
}

/**
 * Opens a stage.
 *
 * @param start What its optimiser goes on from; undefined: the start of the stage.
 */
export async function openStage(
  stage: Stage,
  net: ProtoPNet,
  data: ProtoPNetData,
  settings: ProtoPNetSettings,
  { engine, device }: Pick<ProtoPNetContext, "engine" | "device">,
  start: OptimiserState | undefined,
): Promise<OpenStage> {
  const training = stageParameters(settings, stage);
  const source = await openBatchSource(net.training, OUTPUT, {
    images: data.train,
    augmentation: data.augmentation,
    copies: settings.copies,
    seed: settings.seed,
    training,
    device,
  });
  let trainer: Trainer | undefined;
  const release = async () => {
    await trainer?.release();
    await source.release();
  };
  try {
    const form = trainingForm(source.network, {
      batch: settings.batch,
      image: source.dims,
      logits: OUTPUT,
      ...training,
      crossEntropy: settings.coefficients.crossEntropy,
      terms: prototypeTerms(net.classOf, net.classes, net.depth, settings.coefficients),
    });
    trainer = await engine.open(form, stageOptimiser(settings, stage, form.parameters));
    if (start) await trainer.restore(restored(start, form, weightsOf(net)));
    const validate = data.validation &&
      await openValidator(net, data.validation, training, device);
    return { stage, source, form, trainer, validate: validate ?? undefined, release };
  } catch (error) {
    await release();
    throw error;
  }
}

/** An optimiser's state with those weights that a form trains or replaces. */
export function restored(
  state: OptimiserState,
  { parameters, statistics }: TrainingForm,
  weights: Weights,
): TrainingState {
  const names = [...parameters, ...statistics.keys()];
  return { ...state, weights: new Map(names.map((name) => [name, weights.get(name)!])) };
}
