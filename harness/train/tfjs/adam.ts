/**
 * Adam and AdamW.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Method } from "../optimiser.ts";
import type { MovingParameter } from "../moving_parameters.ts";
import { decayed, type NamedTensors, type UpdateRule, type Variables } from "./updater.ts";

/**
 * The formula of torch.optim, in TensorFlow.js operations: tf.train.adam has the same one, epsilon
 * outside of the root included, but its learning rate is fixed when it is made, its powers of beta
 * gather float32 errors step by step, and there is no AdamW.
 *
 * m = b1 m + (1 - b1) g, s = b2 s + (1 - b2) g^2,
 * w -= rate m / (1 - b1^t) / (sqrt(s / (1 - b2^t)) + epsilon); AdamW first shrinks w by rate decay.
 */
export function adamRule(
  variables: Variables,
  moving: readonly MovingParameter[],
  { name: method, beta1, beta2, epsilon }: Extract<Method, { name: "adam" | "adamw" }>,
): UpdateRule {
  const momentShapes = new Map(
    moving.flatMap(({ name }) =>
      [`${name}/first`, `${name}/second`].map((moment) =>
        [moment, variables.get(name)!.shape] as const
      )
    ),
  );
  const moments = new Map(
    [...momentShapes].map(([name, shape]) => [name, variable(tf.zeros([...shape]))]),
  );
  return {
    momentShapes,
    update(gradients, learningRate, step) {
      for (const { name, rate, weightDecay } of moving) {
        const weight = variables.get(name)!;
        const [first, second] = [moments.get(`${name}/first`)!, moments.get(`${name}/second`)!];
        const scaled = learningRate * rate;
        const gradient = gradients.get(name)!;
        const g = method === "adam" ? decayed(gradient, weight, weightDecay) : gradient;
        first.assign(tf.add(tf.mul(first, beta1), tf.mul(g, 1 - beta1)));
        second.assign(tf.add(tf.mul(second, beta2), tf.mul(tf.square(g), 1 - beta2)));
        const size = tf.add(tf.sqrt(tf.div(second, 1 - beta2 ** step)), epsilon);
        const change = tf.mul(tf.div(first, size), scaled / (1 - beta1 ** step));
        const start = method === "adamw" ? tf.mul(weight, 1 - scaled * weightDecay) : weight;
        weight.assign(tf.sub(start, change));
      }
    },
    moments: () => Promise.resolve(moments),
    setMoments(given: NamedTensors) {
      for (const [name, moment] of moments) moment.assign(given.get(name)!);
      return Promise.resolve();
    },
    dispose: () => tf.dispose([...moments.values()]),
  };
}

/** A variable in place of a tensor. */
function variable(tensor: tf.Tensor): tf.Variable {
  const made = tf.variable(tensor, false);
  tensor.dispose();
  return made;
}
