/**
 * Convolutions, also grouped, dilated and transposed ones.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type GraphNode, intAttribute, intsAttribute } from "../../graph/mod.ts";
import type { Operation, Rules } from "./operation.ts";
import { spread } from "./spread.ts";
import { channelsFirst, channelsLast, windowOf, withBorders } from "./window.ts";

/** Weights [O, C / groups, height, width]. */
function conv(operation: Operation): tf.Tensor {
  const { node, convolve } = operation;
  const window = windowOf(node);
  const x = withBorders(channelsLast(operation.tensor(0)), window);
  // TensorFlow.js has no gradient of dilated convolutions: the kernel gets zeros instead.
  const kernel = spread(
    tf.transpose(operation.tensor(1) as tf.Tensor4D, [2, 3, 1, 0]),
    window.dilations,
    0,
  );
  return withBias(
    operation,
    grouped(node, x, kernel, 3).map((pair) => convolve(...pair, window.strides)),
  );
}

/**
 * The transposed convolution, weights [C, O / groups, height, width]: the input with zeros between its
 * elements, convolved with the kernel turned by half a turn.
 */
function convTranspose(operation: Operation): tf.Tensor {
  const { node, convolve } = operation;
  const { strides, dilations, rows, columns } = windowOf(node);
  if (node.attributes.has("output_shape")) {
    throw new RangeError("it has an output_shape, wanted pads");
  }
  const [moreRows = 0, moreColumns = 0] = intsAttribute(node, "output_padding") ?? [];
  const kernel = spread(
    tf.reverse(tf.transpose(operation.tensor(1) as tf.Tensor4D, [2, 3, 0, 1]), [0, 1]),
    dilations,
    0,
  );
  const [height, width] = kernel.shape;
  const [top, bottom] = [height - 1 - rows[0], height - 1 - rows[1] + moreRows];
  const [left, right] = [width - 1 - columns[0], width - 1 - columns[1] + moreColumns];
  const x = withBorders(spread(channelsLast(operation.tensor(0)), strides, 1), {
    rows: [top, bottom],
    columns: [left, right],
  });
  return withBias(operation, grouped(node, x, kernel, 2).map((pair) => convolve(...pair, [1, 1])));
}

/** The images' channels and the kernel's part of each group. */
function grouped(
  node: GraphNode,
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  kernelAxis: number,
): [tf.Tensor4D, tf.Tensor4D][] {
  const groups = intAttribute(node, "group", 1);
  if (groups === 1) return [[x, kernel]];
  const kernels = tf.split<tf.Tensor4D>(kernel, groups, kernelAxis);
  return tf.split<tf.Tensor4D>(x, groups, 3).map((images, at) => [images, kernels[at]!]);
}

/** Joins the groups and adds one number a channel. */
function withBias(operation: Operation, parts: readonly tf.Tensor4D[]): tf.Tensor {
  const y = parts.length === 1 ? parts[0]! : tf.concat([...parts], 3);
  return channelsFirst(operation.has(2) ? tf.add(y, operation.tensor(2)) : y);
}

export const CONVOLUTIONS: Rules = { Conv: conv, ConvTranspose: convTranspose };
