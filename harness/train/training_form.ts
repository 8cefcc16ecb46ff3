/**
 * The form of a network that is trained: the same layers with a fixed batch, statistics of the batch
 * in batch normalisation, and a loss.
 *
 * @module
 */
import type { Graph } from "../graph/mod.ts";

/** Input of a training form: one-hot classes (or any distribution over them), [B, K]. */
export const TARGETS = "targets";

/** Output of a training form: mean cross-entropy over the batch, shape []. */
export const LOSS = "loss";

/**
 * A network with its loss, as an ordinary graph.
 *
 * Inputs: the images [B, C, H, W], `targets` [B, K], and one mask for each dropout.
 * Outputs: `loss` [], the logits [B, K], and the new running statistics of batch normalisation.
 * Initializers: the weights at the start; those in `parameters` are trained.
 */
export interface TrainingForm {
  readonly graph: Graph;
  /** Name of the input that takes the images. */
  readonly images: string;
  /** Name of the output with the logits. */
  readonly logits: string;
  readonly batch: number;
  readonly classes: number;
  /** Initializers that the optimiser changes, in the order of the graph. */
  readonly parameters: readonly string[];
  /** Initializers that every step replaces (running mean and variance), with the output that does. */
  readonly statistics: ReadonlyMap<string, string>;
  /** Dropout masks to feed: name and shape of the input, and the share of units dropped. */
  readonly masks: readonly DropoutMask[];
}

/** A mask holds 0 for a dropped unit and 1 / (1 - ratio) for a kept one. */
export interface DropoutMask {
  readonly input: string;
  readonly shape: readonly number[];
  readonly ratio: number;
}
