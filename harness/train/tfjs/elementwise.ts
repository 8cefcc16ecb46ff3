/**
 * Functions of single elements, with numpy's broadcasting.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { floatAttribute, type Operation, type Rule, type Rules } from "./operation.ts";

const unary = (f: (x: tf.Tensor) => tf.Tensor): Rule => (operation) => f(operation.tensor(0));

const binary = (f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): Rule => (operation) =>
  f(operation.tensor(0), operation.tensor(1));

/** Minimum and maximum of any number of tensors. */
const extreme = (f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): Rule => (operation) =>
  operation.tensors().reduce((a, b) => f(...sameShape(a, b)));

/** TensorFlow.js forgets to sum the gradients of its minimum and maximum over broadcast axes. */
function sameShape(a: tf.Tensor, b: tf.Tensor): [tf.Tensor, tf.Tensor] {
  const shape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
  return [tf.broadcastTo(a, shape), tf.broadcastTo(b, shape)];
}

function leakyRelu(operation: Operation): tf.Tensor {
  return tf.leakyRelu(operation.tensor(0), floatAttribute(operation.node, "alpha", 0.01));
}

export const ELEMENTWISE: Rules = {
  Abs: unary(tf.abs),
  Exp: unary(tf.exp),
  Identity: unary(tf.clone),
  Log: unary(tf.log),
  Neg: unary(tf.neg),
  Reciprocal: unary(tf.reciprocal),
  Relu: unary(tf.relu),
  Sigmoid: unary(tf.sigmoid),
  Sqrt: unary(tf.sqrt),
  Tanh: unary(tf.tanh),
  LeakyRelu: leakyRelu,
  Add: binary(tf.add),
  Sub: binary(tf.sub),
  Mul: binary(tf.mul),
  Div: binary(tf.div),
  Pow: binary(tf.pow),
  Min: extreme(tf.minimum),
  Max: extreme(tf.maximum),
  // Outside of training, dropout changes nothing; in training, masks are inputs of the form.
  Dropout: unary(tf.clone),
};
