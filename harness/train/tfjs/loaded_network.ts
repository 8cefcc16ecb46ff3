/**
 * A training form on a backend.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { TrainingForm } from "../training_form.ts";
import type { Backend } from "./backend.ts";
import { type Interpreter, interpreterOf } from "./interpreter.ts";
import { toTfjs } from "./tensors.ts";
import type { NamedTensors, Variables } from "./updater.ts";

/** A form, what computes it, and its constants as tensors, which have to be disposed. */
export interface LoadedNetwork {
  readonly form: TrainingForm;
  readonly interpreter: Interpreter;
  /** Parameters and running statistics. */
  readonly weights: Variables;
  /** All other float constants. */
  readonly constants: NamedTensors;
}

/** @throws {RunError} When the graph has an operator that the engine does not know. */
export async function loadNetwork(backend: Backend, form: TrainingForm): Promise<LoadedNetwork> {
  const interpreter = interpreterOf(form.graph, backend.convolve);
  const trained = new Set(form.parameters);
  return await backend.run(() => {
    const weights = new Map<string, tf.Variable>();
    const constants = new Map<string, tf.Tensor>();
    for (const [name, { dims, data }] of interpreter.floats) {
      const tensor = toTfjs({ dims, data: new Float32Array(data as Float32Array) });
      if (!trained.has(name) && !form.statistics.has(name)) constants.set(name, tensor);
      else {
        weights.set(name, tf.variable(tensor, trained.has(name)));
        tensor.dispose();
      }
    }
    return { form, interpreter, weights, constants };
  });
}
