/**
 * Zeros between the elements of a tensor.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/**
 * Moves neighbours along two axes `steps` apart, with zeros between them: a dilated kernel, or the input
 * of a transposed convolution.
 *
 * @param axis The first of the two axes.
 */
export function spread(
  x: tf.Tensor4D,
  steps: readonly [number, number],
  axis: 0 | 1,
): tf.Tensor4D {
  return steps.reduce((sofar, step, at) => spreadAlong(sofar, step, axis + at), x);
}

function spreadAlong(x: tf.Tensor4D, step: number, axis: number): tf.Tensor4D {
  if (step === 1) return x;
  const before = x.shape.slice(0, axis);
  const size = x.shape[axis]!;
  const after = x.shape.slice(axis + 1);
  const [outer, inner] = [before, after].map((sizes) => sizes.reduce((a, b) => a * b, 1));
  const elements = tf.reshape(x, [outer!, size, 1, inner!]);
  const apart = tf.pad(elements, [[0, 0], [0, 0], [0, step - 1], [0, 0]]);
  const joined = tf.reshape(apart, [outer!, size * step, inner!]);
  const kept = (size - 1) * step + 1;
  return tf.reshape(tf.slice(joined, [0, 0, 0], [outer!, kept, inner!]), [
    ...before,
    kept,
    ...after,
  ] as [number, number, number, number]);
}
