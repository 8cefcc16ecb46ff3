/**
 * A network under training by TensorFlow.js.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Trainer } from "../engine.ts";
import type { OptimiserSettings } from "../optimiser.ts";
import { requireTensors } from "../require_tensors.ts";
import type { TrainingForm } from "../training_form.ts";
import type { Backend } from "./backend.ts";
import { loadNetwork } from "./loaded_network.ts";
import { movingParameters } from "../moving_parameters.ts";
import { disposePass, runPass } from "./pass.ts";
import { allFromTfjs, fromTfjs, toTfjs } from "./tensors.ts";
import { clipped, type UpdateRule, updateRule } from "./updater.ts";

/**
 * Takes a network to a backend.
 *
 * @throws {RunError} When the graph has an operator that the engine does not know.
 * @throws {UsageError} When a group of the optimiser fits no parameter.
 */
export async function openTrainer(
  backend: Backend,
  form: TrainingForm,
  optimiser: OptimiserSettings,
): Promise<Trainer> {
  const moving = movingParameters(form.parameters.map((name) => ({ name })), optimiser);
  const network = await loadNetwork(backend, form);
  const { weights } = network;
  const rule = await backend.run(() => startedRule(weights, moving, optimiser));
  let taken = 0;

  return {
    step: (batch, learningRate) =>
      backend.run(async () => {
        const result = runPass(network, moving.map(({ name }) => name), batch);
        try {
          tf.tidy(() => {
            const { clipNorm } = optimiser;
            const gradients = clipNorm === null
              ? result.gradients
              : clipped(result.gradients, clipNorm);
            rule.update(gradients, learningRate, taken + 1);
            for (const [name, value] of result.statistics) weights.get(name)!.assign(value);
          });
          taken++;
          const { data: [loss] } = await fromTfjs(result.loss);
          const metrics = await allFromTfjs(result.metrics);
          return {
            loss: loss!,
            metrics: new Map([...metrics].map(([name, { data }]) => [name, data[0]!])),
            logits: await fromTfjs(result.logits),
          };
        } finally {
          disposePass(result);
        }
      }),
    gradients: (batch) =>
      backend.run(async () => {
        const result = runPass(network, form.parameters, batch);
        try {
          return await allFromTfjs(result.gradients);
        } finally {
          disposePass(result);
        }
      }),
    state: () =>
      backend.run(async () => ({
        step: taken,
        weights: await allFromTfjs(weights),
        moments: await allFromTfjs(await rule.moments()),
      })),
    restore: (state) =>
      backend.run(async () => {
        const shapes = new Map([...weights].map(([name, { shape }]) => [name, shape]));
        requireTensors(form.graph.name, shapes, state.weights);
        requireTensors(form.graph.name, rule.momentShapes, state.moments);
        for (const name of weights.keys()) {
          const value = toTfjs(state.weights.get(name)!);
          weights.get(name)!.assign(value);
          value.dispose();
        }
        const moments = new Map(
          [...rule.momentShapes.keys()].map((name) => [name, toTfjs(state.moments.get(name)!)]),
        );
        await rule.setMoments(moments);
        tf.dispose([...moments.values()]);
        taken = state.step;
      }),
    release: () =>
      backend.run(() => {
        rule.dispose();
        tf.dispose([...weights.values(), ...network.constants.values()]);
      }),
  };
}

/** The rule of the optimiser with all moments at 0. */
async function startedRule(...settings: Parameters<typeof updateRule>): Promise<UpdateRule> {
  const rule = updateRule(...settings);
  const zeros = new Map(
    [...rule.momentShapes].map(([name, shape]) => [name, tf.zeros([...shape])]),
  );
  await rule.setMoments(zeros);
  tf.dispose([...zeros.values()]);
  return rule;
}
