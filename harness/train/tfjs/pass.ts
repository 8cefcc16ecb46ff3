/**
 * One pass forward and backward.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { messageOf, RunError } from "../../base/mod.ts";
import type { Batch } from "../engine.ts";
import { LOSS, type TrainingForm } from "../training_form.ts";
import type { LoadedNetwork } from "./loaded_network.ts";
import { toTfjs } from "./tensors.ts";
import type { NamedTensors } from "./updater.ts";

/** What a pass gives; the tensors belong to the caller. */
export interface Pass {
  readonly loss: tf.Tensor;
  readonly logits: tf.Tensor;
  /** The form's metrics, by name. */
  readonly metrics: NamedTensors;
  /** New running statistics, by the name of the old ones. */
  readonly statistics: NamedTensors;
  /** By parameter. */
  readonly gradients: NamedTensors;
}

/**
 * @param parameters Those whose gradients are wanted.
 * @throws {RunError} When the batch does not fit the form, or TensorFlow.js cannot compute a node.
 */
export function runPass(
  { form, interpreter, weights, constants }: LoadedNetwork,
  parameters: readonly string[],
  batch: Batch,
): Pass {
  requireFit(form, batch);
  // TensorFlow.js hands out the loss only; `keep` saves the rest from its tidying.
  let kept: Pick<Pass, "logits" | "metrics" | "statistics"> | undefined;
  const forward = (feeds: [string, tf.Tensor][]) => {
    const values = interpreter.run(new Map([...constants, ...weights, ...feeds]));
    const keep = (output: string) => tf.keep(tf.clone(values.get(output)!));
    const keepAll = (outputs: ReadonlyMap<string, string>) =>
      new Map([...outputs].map(([name, output]) => [name, keep(output)]));
    kept = {
      logits: keep(form.logits),
      metrics: keepAll(form.metrics),
      statistics: keepAll(form.statistics),
    };
    return values.get(LOSS)! as tf.Scalar;
  };
  const variables = parameters.map((name) => weights.get(name)!);
  try {
    const { value, grads } = tf.tidy(() => {
      const feeds = form.graph.inputs.map(({ name }): [string, tf.Tensor] => [
        name,
        toTfjs(batch[name]!),
      ]);
      if (variables.length === 0) return { value: tf.clone(forward(feeds)), grads: {} };
      return tf.variableGrads(() => forward(feeds), variables);
    });
    const byVariable: Readonly<Record<string, tf.Tensor>> = grads;
    const gradients = parameters.map((name, at): [string, tf.Tensor] => [
      name,
      byVariable[variables[at]!.name] ?? tf.zerosLike(variables[at]!),
    ]);
    return { ...kept!, loss: value, gradients: new Map(gradients) };
  } catch (error) {
    if (kept) tf.dispose([kept.logits, ...kept.metrics.values(), ...kept.statistics.values()]);
    if (error instanceof RunError) throw error;
    throw new RunError(
      `${form.graph.name}: tfjs cannot compute the gradients: ${messageOf(error)}`,
    );
  }
}

/** Frees all tensors of a pass. */
export function disposePass({ loss, logits, metrics, statistics, gradients }: Pass): void {
  tf.dispose([loss, logits, ...metrics.values(), ...statistics.values(), ...gradients.values()]);
}

function requireFit({ graph }: TrainingForm, batch: Batch): void {
  for (const { name, shape } of graph.inputs) {
    const found = batch[name];
    if (String(found?.dims) === String(shape)) continue;
    throw new RunError(
      `Cannot train ${graph.name}: its input "${name}" is ` +
        `${found ? `[${found.dims}]` : "not in the batch"}, wanted [${shape}]`,
    );
  }
}
