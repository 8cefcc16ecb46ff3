/**
 * Operators that move elements and change none.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { intAttribute, intsAttribute } from "../../graph/mod.ts";
import { normalAxis, type Operation, requireAttribute, type Rules } from "./operation.ts";
import { surround } from "./surround.ts";

function reshape(operation: Operation): tf.Tensor {
  const x = operation.tensor(0);
  // 0 keeps the size of the input.
  return tf.reshape(x, constant(operation, 1).map((size, at) => size === 0 ? x.shape[at]! : size));
}

function flatten(operation: Operation): tf.Tensor {
  const x = operation.tensor(0);
  const axis = normalAxis(intAttribute(operation.node, "axis", 1), x.rank);
  return tf.reshape(x, [sizeOf(x.shape.slice(0, axis)), sizeOf(x.shape.slice(axis))]);
}

function transpose(operation: Operation): tf.Tensor {
  const order = intsAttribute(operation.node, "perm");
  return tf.transpose(operation.tensor(0), order && [...order]);
}

function concat(operation: Operation): tf.Tensor {
  const tensors = operation.tensors();
  return tf.concat(tensors, normalAxis(intAttribute(operation.node, "axis", 0), tensors[0]!.rank));
}

function slice(operation: Operation): tf.Tensor {
  const x = operation.tensor(0);
  const starts = constant(operation, 1);
  const ends = constant(operation, 2);
  const axes = operation.integers(3) ?? starts.map((_, at) => at);
  const steps = operation.integers(4) ?? starts.map(() => 1);
  return axes.reduce((part, given, i) => {
    const axis = normalAxis(given, x.rank);
    const positions = range(x.shape[axis]!, starts[i]!, ends[i]!, steps[i]!);
    // Strided slices have no gradient in TensorFlow.js, gathering has.
    if (steps[i] !== 1) return tf.gather(part, tf.tensor1d(positions, "int32"), axis);
    const begin = part.shape.map((_, at) => at === axis ? positions[0] ?? 0 : 0);
    const size = part.shape.map((size, at) => at === axis ? positions.length : size);
    return tf.slice(part, begin, size);
  }, x);
}

/** Positions that a slice takes; negative bounds count from the end, those beyond it are cut. */
function range(size: number, start: number, end: number, step: number): number[] {
  const bound = (at: number, low: number, high: number) =>
    Math.min(Math.max(at < 0 ? at + size : at, low), high);
  const first = step > 0 ? bound(start, 0, size) : bound(start, 0, size - 1);
  const last = step > 0 ? bound(end, 0, size) : bound(end, -1, size - 1);
  const count = Math.max(0, Math.ceil((last - first) / step));
  return Array.from({ length: count }, (_, at) => first + at * step);
}

function pad(operation: Operation): tf.Tensor {
  requireAttribute(operation.node, "mode", ["constant"]);
  const x = operation.tensor(0);
  const pads = constant(operation, 1);
  const value = operation.has(2) ? operation.tensor(2).dataSync()[0]! : 0;
  return surround(x, x.shape.map((_, axis) => [pads[axis]!, pads[axis + x.rank]!]), value);
}

function squeeze(operation: Operation): tf.Tensor {
  const x = operation.tensor(0);
  const axes = operation.integers(1)?.map((axis) => normalAxis(axis, x.rank));
  return tf.squeeze(x, axes);
}

function unsqueeze(operation: Operation): tf.Tensor {
  const x = operation.tensor(0);
  const given = constant(operation, 1);
  const rank = x.rank + given.length;
  const axes = given.map((axis) => normalAxis(axis, rank));
  const sizes = [...x.shape];
  const shape = Array.from({ length: rank }, (_, at) => axes.includes(at) ? 1 : sizes.shift()!);
  return tf.reshape(x, shape);
}

/** @throws {RangeError} When an input is not a constant list of integers. */
function constant(operation: Operation, at: number): readonly number[] {
  const values = operation.integers(at);
  if (values) return values;
  throw new RangeError(`its input ${at} is not a constant, wanted a list of integers`);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

export const SHAPE_OPS: Rules = {
  Reshape: reshape,
  Flatten: flatten,
  Transpose: transpose,
  Concat: concat,
  Slice: slice,
  Pad: pad,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
};
