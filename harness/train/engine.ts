/**
 * What trains a network: one interface over the step graph of ONNX Runtime and TensorFlow.js.
 *
 * @module
 */
import type { FloatTensor } from "../device/mod.ts";
import type { OptimiserSettings } from "./optimiser.ts";
import type { TrainingForm } from "./training_form.ts";

/** Tensors by the name of the weight. */
export type Weights = ReadonlyMap<string, FloatTensor>;

/** What one batch feeds, by the names of the training form's inputs. */
export type Batch = Readonly<Record<string, FloatTensor>>;

/** What a step tells. */
export interface StepResult {
  /** Loss of the batch before the update: the mean cross-entropy, and the further terms of the form. */
  readonly loss: number;
  /** The form's metrics before the update, by name. */
  readonly metrics: ReadonlyMap<string, number>;
  /** [B, K], before the update; valid until the next step. */
  readonly logits: FloatTensor;
}

/** Everything that the next step depends on. */
export interface TrainingState {
  /** Steps taken. */
  readonly step: number;
  /** Parameters and running statistics, by name. */
  readonly weights: Weights;
  /** Moments of the optimiser, by `<parameter>/<moment>`, for instance `conv1.weight/velocity`. */
  readonly moments: Weights;
}

/** A network under training on one engine. */
export interface Trainer {
  /**
   * One step of the optimiser.
   *
   * @param learningRate Multiplies the rate of every parameter group.
   */
  step(batch: Batch, learningRate: number): Promise<StepResult>;
  /** Gradient of the loss of a batch by parameter, before clipping and weight decay; changes nothing. */
  gradients(batch: Batch): Promise<Weights>;
  /** A copy of the state. */
  state(): Promise<TrainingState>;
  /** Goes on from a state. */
  restore(state: TrainingState): Promise<void>;
  release(): Promise<void>;
}

/** Makes trainers. */
export interface Engine {
  /** For instance `ort cpu` or `tfjs webgpu`. */
  readonly name: string;
  open(form: TrainingForm, optimiser: OptimiserSettings): Promise<Trainer>;
}
