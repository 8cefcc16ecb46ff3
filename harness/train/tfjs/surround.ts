/**
 * Borders around a tensor.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** Adds elements before and after along each axis; negative numbers of them cut. */
export function surround<T extends tf.Tensor>(
  x: T,
  amounts: readonly (readonly [number, number])[],
  value = 0,
): T {
  const more = amounts.map(([before, after]): [number, number] => [
    Math.max(0, before),
    Math.max(0, after),
  ]);
  const larger = more.flat().some((amount) => amount > 0) ? tf.pad(x, more, value) : x;
  if (amounts.flat().every((amount) => amount >= 0)) return larger;
  const begin = amounts.map(([before]) => Math.max(0, -before));
  const size = amounts.map(([before, after], axis) => x.shape[axis]! + before + after);
  return tf.slice(larger, begin, size);
}
