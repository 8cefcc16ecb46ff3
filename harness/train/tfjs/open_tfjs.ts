/**
 * The second engine: the forward graph is interpreted by TensorFlow.js, which differentiates it by
 * itself. It shares no rule of a gradient and no kernel with the first engine.
 *
 * @module
 */
import type { Engine } from "../engine.ts";
import { openBackend, type TfjsBackend } from "./backend.ts";
import { openTrainer } from "./trainer.ts";

/**
 * Training by TensorFlow.js. Trainers may live side by side, also on different backends; their steps
 * run one after the other.
 *
 * @throws {RunError} When the backend cannot be made ready.
 */
export async function openTfjs(name: TfjsBackend): Promise<Engine> {
  const backend = await openBackend(name);
  return {
    name: `tfjs ${name}`,
    open: (form, optimiser) => openTrainer(backend, form, optimiser),
  };
}
