/**
 * Matrix products.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { intAttribute } from "../../graph/mod.ts";
import { floatAttribute, type Operation, type Rules } from "./operation.ts";

/** alpha A B + beta C, with A and B transposed where the node says so. */
function gemm(operation: Operation): tf.Tensor {
  const { node } = operation;
  const transposed = (name: string) => intAttribute(node, name, 0) === 1;
  const product = scaled(
    tf.matMul(operation.tensor(0), operation.tensor(1), transposed("transA"), transposed("transB")),
    floatAttribute(node, "alpha", 1),
  );
  if (!operation.has(2)) return product;
  return tf.add(product, scaled(operation.tensor(2), floatAttribute(node, "beta", 1)));
}

function scaled(x: tf.Tensor, factor: number): tf.Tensor {
  return factor === 1 ? x : tf.mul(x, factor);
}

/**
 * A stack of products. TensorFlow.js broadcasts the axes before the matrices but forgets to sum the
 * gradients over them.
 */
function matMul(operation: Operation): tf.Tensor {
  const [a, b] = [operation.tensor(0), operation.tensor(1)];
  if (a.rank < 2 || b.rank < 2) {
    throw new RangeError(`its inputs are [${a.shape}] and [${b.shape}], wanted matrices`);
  }
  const stack = tf.broadcast_util.assertAndGetBroadcastShape(
    a.shape.slice(0, -2),
    b.shape.slice(0, -2),
  );
  const stacked = (x: tf.Tensor) => tf.broadcastTo(x, [...stack, ...x.shape.slice(-2)]);
  return tf.matMul(stacked(a), stacked(b));
}

export const DENSE: Rules = { Gemm: gemm, MatMul: matMul };
