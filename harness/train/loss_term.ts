/**
 * Numbers that a training step computes besides the cross-entropy: parts of the loss, or only told.
 *
 * @module
 */
import type { Shape } from "../graph/gradient/mod.ts";
import type { GraphBuilder } from "../graph/mod.ts";

/** One number a step. */
export interface LossTerm {
  /** Name in the history. */
  readonly name: string;
  /** Factor in the loss; 0: it is told, and nothing is trained by it. */
  readonly weight: number;
  /** Adds its nodes, and gives the name of its value, shape []. */
  value(context: LossContext): string;
}

/** The training form under construction. */
export interface LossContext {
  readonly graph: GraphBuilder;
  readonly batch: number;
  readonly classes: number;
  /** Input with the one-hot classes, [B, K]. */
  readonly targets: string;
  /**
   * Shape of a value of the network, or of an initializer.
   *
   * @throws {RunError} When there is none of that name.
   */
  shape(value: string): Shape;
  /** Declares an input with values of each image, [B, ...dims], and gives its name. */
  perImage(name: string, dims: readonly number[]): string;
}

/** An input of a training form with values of each image. */
export interface PerImageInput {
  readonly input: string;
  /** Of one image. */
  readonly dims: readonly number[];
}

/** Where the values of an input for each image come from. */
export interface PerImageValues {
  /**
   * Writes the values of one image.
   *
   * @param change What augmentation makes of any image of this size in this epoch; null: nothing.
   * @param target Where they go, as many as the input has for one image.
   */
  write(
    member: number,
    change: ((source: Uint8Array) => Uint8Array) | null,
    target: Float32Array,
  ): void;
}
