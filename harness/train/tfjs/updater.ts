/**
 * The optimiser's part of a step. TensorFlow.js' optimisers know neither weight decay nor clipping nor
 * rates by group; those are composed around them here.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { OptimiserSettings } from "../optimiser.ts";
import { adamRule } from "./adam.ts";
import type { MovingParameter } from "../moving_parameters.ts";
import { sgdRule } from "./sgd.ts";

/** Tensors by parameter or moment. */
export type NamedTensors = ReadonlyMap<string, tf.Tensor>;

/** Parameters under change, by name. */
export type Variables = ReadonlyMap<string, tf.Variable>;

/** What changes the parameters by their gradients, and the moments that it keeps. */
export interface UpdateRule {
  /**
   * Changes the parameters and the moments.
   *
   * @param gradients Of every moving parameter, clipped.
   * @param step Number of this step, from 1 on.
   */
  update(gradients: NamedTensors, learningRate: number, step: number): void;
  /** Names and shapes of the moments, by `<parameter>/<moment>`. */
  readonly momentShapes: ReadonlyMap<string, readonly number[]>;
  /** The moments; they stay those of the rule. */
  moments(): Promise<NamedTensors>;
  /** Sets all moments; the tensors stay those of the caller. */
  setMoments(moments: NamedTensors): Promise<void>;
  dispose(): void;
}

/** The rule of the method that the settings name. */
export function updateRule(
  variables: Variables,
  moving: readonly MovingParameter[],
  { method }: OptimiserSettings,
): UpdateRule {
  return method.name === "sgd"
    ? sgdRule(variables, moving, method)
    : adamRule(variables, moving, method);
}

/** Keeps the norm of a vanishing gradient from dividing by zero, as torch's clip_grad_norm_. */
const NORM_FLOOR = 1e-6;

/** Gradients shortened together so that their common norm is at most `largest`. */
export function clipped(gradients: NamedTensors, largest: number): NamedTensors {
  if (gradients.size === 0) return gradients;
  const squares = [...gradients.values()].map((gradient) => tf.sum(tf.square(gradient)));
  const norm = tf.sqrt(tf.addN(squares));
  const factor = tf.minimum(tf.div(largest, tf.add(norm, NORM_FLOOR)), 1);
  return new Map([...gradients].map(([name, gradient]) => [name, tf.mul(gradient, factor)]));
}

/** The gradient with the decay of the weight added. */
export function decayed(gradient: tf.Tensor, weight: tf.Tensor, weightDecay: number): tf.Tensor {
  return weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(weight, weightDecay));
}
