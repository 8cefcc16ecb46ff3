/**
 * Batch normalisation (Ioffe and Szegedy 2015).
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { intAttribute } from "../../graph/mod.ts";
import { floatAttribute, type Operation, type Rules } from "./operation.ts";

/** ONNX's default values. */
const EPSILON = 1e-5;
const MOMENTUM = 0.9;

/**
 * scale (x - mean) / sqrt(variance + epsilon) + shift for each channel, with the running statistics or,
 * in training mode, those of the batch; then the new running statistics are further outputs: the old
 * ones times the momentum, plus the batch's mean and biased variance times the rest.
 */
function batchNormalization(operation: Operation): tf.Tensor | tf.Tensor[] {
  const { node } = operation;
  const x = operation.tensor(0);
  const channel = x.shape.map((size, axis) => axis === 1 ? size : 1);
  const [scale, shift, runningMean, runningVariance] = [1, 2, 3, 4].map((at) =>
    tf.reshape(operation.tensor(at), channel)
  ) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  const epsilon = floatAttribute(node, "epsilon", EPSILON);
  const normalised = (centred: tf.Tensor, variance: tf.Tensor) =>
    tf.add(tf.mul(centred, tf.mul(scale, tf.rsqrt(tf.add(variance, epsilon)))), shift);
  if (intAttribute(node, "training_mode", 0) === 0) {
    return normalised(tf.sub(x, runningMean), runningVariance);
  }
  const within = x.shape.map((_, axis) => axis).filter((axis) => axis !== 1);
  const mean = tf.mean(x, within, true);
  const centred = tf.sub(x, mean);
  const variance = tf.mean(tf.square(centred), within, true);
  const momentum = floatAttribute(node, "momentum", MOMENTUM);
  const moved = (running: tf.Tensor, batch: tf.Tensor) =>
    tf.reshape(tf.add(tf.mul(running, momentum), tf.mul(batch, 1 - momentum)), [-1]);
  return [
    normalised(centred, variance),
    moved(runningMean, mean),
    moved(runningVariance, variance),
  ];
}

export const NORMALISATIONS: Rules = { BatchNormalization: batchNormalization };
