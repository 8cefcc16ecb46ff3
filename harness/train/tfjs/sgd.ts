/**
 * Stochastic gradient descent by TensorFlow.js' own optimisers.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Method } from "../optimiser.ts";
import type { MovingParameter } from "../moving_parameters.ts";
import { decayed, type NamedTensors, type UpdateRule, type Variables } from "./updater.ts";

/**
 * tf.train.momentum has the formula of torch.optim.SGD without dampening: v = momentum v + g, then
 * w -= rate v (Nesterov: w -= rate (g + momentum v)); tf.train.sgd is the one without momentum. One
 * optimiser serves the parameters of one rate; weight decay is added to the gradient before.
 */
export function sgdRule(
  variables: Variables,
  moving: readonly MovingParameter[],
  method: Extract<Method, { name: "sgd" }>,
): UpdateRule {
  const groups = Map.groupBy(moving, ({ rate }) => rate);
  const rules = [...groups].map(([rate, parameters]) =>
    method.momentum === 0
      ? plainRule(variables, parameters, rate)
      : momentumRule(variables, parameters, rate, method)
  );
  return {
    update(gradients, learningRate, step) {
      for (const rule of rules) rule.update(gradients, learningRate, step);
    },
    momentShapes: new Map(rules.flatMap(({ momentShapes }) => [...momentShapes])),
    async moments() {
      const all = await Promise.all(rules.map((rule) => rule.moments()));
      return new Map(all.flatMap((moments) => [...moments]));
    },
    async setMoments(moments) {
      for (const rule of rules) await rule.setMoments(moments);
    },
    dispose() {
      for (const rule of rules) rule.dispose();
    },
  };
}

function plainRule(
  variables: Variables,
  parameters: readonly MovingParameter[],
  rate: number,
): UpdateRule {
  const optimiser = tf.train.sgd(0);
  return {
    update(gradients, learningRate) {
      optimiser.setLearningRate(learningRate * rate);
      optimiser.applyGradients(decayedGradients(variables, parameters, gradients));
    },
    momentShapes: new Map(),
    moments: () => Promise.resolve(new Map()),
    setMoments: () => Promise.resolve(),
    dispose: () => optimiser.dispose(),
  };
}

function momentumRule(
  variables: Variables,
  parameters: readonly MovingParameter[],
  rate: number,
  { momentum, nesterov }: Extract<Method, { name: "sgd" }>,
): UpdateRule {
  const optimiser = tf.train.momentum(0, momentum, nesterov);
  // The optimiser keeps its velocities in the order of the gradients that it is given.
  const momentShapes = new Map(
    parameters.map(({ name }) => [`${name}/velocity`, variables.get(name)!.shape] as const),
  );
  const velocities = async () => {
    const [iterations, ...others] = await optimiser.getWeights();
    iterations!.tensor.dispose();
    return others.map(({ tensor }) => tensor);
  };
  return {
    update(gradients, learningRate) {
      optimiser.setLearningRate(learningRate * rate);
      optimiser.applyGradients(decayedGradients(variables, parameters, gradients));
    },
    momentShapes,
    async moments() {
      const found = await velocities();
      return new Map([...momentShapes.keys()].map((name, at) => [name, found[at]!]));
    },
    async setMoments(moments: NamedTensors) {
      const old = await velocities();
      const iterations = tf.scalar(0, "int32");
      await optimiser.setWeights([
        { name: "iter", tensor: iterations },
        ...[...momentShapes.keys()].map((name) => ({ name, tensor: moments.get(name)! })),
      ]);
      tf.dispose([...old, iterations]);
    },
    dispose() {
      optimiser.dispose();
      // The learning rate belongs to the class above, whose `dispose` the optimiser's own hides.
      tf.SGDOptimizer.prototype.dispose.call(optimiser);
    },
  };
}

/** Gradients with weight decay, by the names under which TensorFlow.js knows the variables. */
function decayedGradients(
  variables: Variables,
  parameters: readonly MovingParameter[],
  gradients: NamedTensors,
): { name: string; tensor: tf.Tensor }[] {
  return parameters.map(({ name, weightDecay }) => {
    const variable = variables.get(name)!;
    return {
      name: variable.name,
      tensor: decayed(gradients.get(name)!, variable, weightDecay),
    };
  });
}
