/**
 * Maxima and means over windows.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { intAttribute, intsAttribute } from "../../graph/mod.ts";
import type { Operation, Rules } from "./operation.ts";
import { channelsFirst, channelsLast, windowOf, withBorders } from "./window.ts";

/** Padding never wins the maximum. */
function maxPool(operation: Operation): tf.Tensor {
  const { rows, columns, strides } = poolingWindow(operation);
  const x = channelsLast(operation.tensor(0));
  return channelsFirst(
    tf.maxPool(x, kernelOf(operation), [...strides], [[0, 0], [...rows], [...columns], [0, 0]]),
  );
}

/**
 * The mean over whole windows of the padded images; where padding does not count, it is divided by the
 * share that does. TensorFlow.js' own padding has the wrong gradient: it divides by the whole window.
 */
function averagePool(operation: Operation): tf.Tensor {
  const window = poolingWindow(operation);
  const x = channelsLast(operation.tensor(0));
  const pooled = (images: tf.Tensor4D) =>
    tf.avgPool(withBorders(images, window), kernelOf(operation), [...window.strides], "valid");
  const mean = pooled(x);
  const counted = intAttribute(operation.node, "count_include_pad", 0) === 1;
  const bordered = [...window.rows, ...window.columns].some((border) => border > 0);
  if (counted || !bordered) return channelsFirst(mean);
  const [, height, width] = x.shape;
  return channelsFirst(tf.div(mean, pooled(tf.ones([1, height, width, 1]))));
}

function globalAveragePool(operation: Operation): tf.Tensor {
  const x = operation.tensor(0);
  return tf.mean(x, x.shape.map((_, axis) => axis).slice(2), true);
}

function poolingWindow({ node }: Operation) {
  const window = windowOf(node);
  if (window.dilations.some((dilation) => dilation !== 1)) {
    throw new RangeError(`its dilations are [${window.dilations}], wanted 1`);
  }
  return window;
}

function kernelOf({ node }: Operation): [number, number] {
  const [height, width, ...others] = intsAttribute(node, "kernel_shape") ?? [];
  if (height === undefined || width === undefined || others.length > 0) {
    throw new RangeError("its kernel_shape does not have two sizes");
  }
  return [height, width];
}

export const POOLINGS: Rules = {
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalAveragePool: globalAveragePool,
};
