/**
 * Sums, means and extremes over axes, and softmax.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { intAttribute, intsAttribute } from "../../graph/mod.ts";
import { normalAxis, type Operation, type Rule, type Rules } from "./operation.ts";

type Reduce = (x: tf.Tensor, axes: number[], keepDims: boolean) => tf.Tensor;

const reduction = (reduce: Reduce): Rule => (operation) => {
  const { node } = operation;
  const x = operation.tensor(0);
  const given = intsAttribute(node, "axes") ?? operation.integers(1);
  const axes = given && given.length > 0
    ? given.map((axis) => normalAxis(axis, x.rank))
    : x.shape.map((_, axis) => axis);
  return reduce(x, axes, intAttribute(node, "keepdims", 1) === 1);
};

/** TensorFlow.js knows softmax along the last axis only. */
const alongAxis = (f: (x: tf.Tensor) => tf.Tensor): Rule => (operation: Operation) => {
  const x = operation.tensor(0);
  const axis = normalAxis(intAttribute(operation.node, "axis", -1), x.rank);
  if (axis === x.rank - 1) return f(x);
  const swapped = x.shape.map((_, at) => at);
  [swapped[axis], swapped[x.rank - 1]] = [x.rank - 1, axis];
  return tf.transpose(f(tf.transpose(x, swapped)), swapped);
};

export const REDUCTIONS: Rules = {
  ReduceSum: reduction(tf.sum),
  ReduceMean: reduction(tf.mean),
  ReduceMax: reduction(tf.max),
  ReduceMin: reduction(tf.min),
  ReduceSumSquare: reduction((x, axes, keepDims) => tf.sum(tf.square(x), axes, keepDims)),
  Softmax: alongAxis((x) => tf.softmax(x)),
  LogSoftmax: alongAxis((x) => tf.logSoftmax(x)),
};
