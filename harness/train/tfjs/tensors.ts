/**
 * Tensors of TensorFlow.js from and to plain ones.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { FloatTensor } from "../../device/mod.ts";

/** A tensor with a copy of the data: the CPU backend goes on using what it is given. */
export function toTfjs({ dims, data }: FloatTensor): tf.Tensor {
  return tf.tensor(data.slice(), [...dims], "float32");
}

/** A copy of a tensor. */
export async function fromTfjs(tensor: tf.Tensor): Promise<FloatTensor> {
  const data = await tensor.data<"float32">();
  return { dims: [...tensor.shape], data: Float32Array.from(data) };
}

/** Copies of tensors, by name. */
export async function allFromTfjs(
  tensors: Iterable<readonly [string, tf.Tensor]>,
): Promise<Map<string, FloatTensor>> {
  const copies = new Map<string, FloatTensor>();
  for (const [name, tensor] of tensors) copies.set(name, await fromTfjs(tensor));
  return copies;
}
