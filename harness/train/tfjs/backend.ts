/**
 * TensorFlow.js' backends. Which one computes is a setting of the whole process, so that calls of
 * different trainers must not overlap.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { RunError } from "../../base/mod.ts";
import { describeAdapter } from "../../device/mod.ts";
import { convolveByConvolutions, ownConvolve } from "./convolve.ts";
import type { Convolve } from "./operation.ts";

/** Where TensorFlow.js computes; its WebAssembly backend cannot train convolutions. */
export type TfjsBackend = "cpu" | "webgpu";

/** A backend that is ready. */
export interface Backend {
  readonly name: TfjsBackend;
  readonly convolve: Convolve;
  /** Runs something on this backend, after everything that any backend was given before. */
  run<T>(work: () => T | Promise<T>): Promise<T>;
}

/** The end of everything given so far. */
let idle: Promise<unknown> = Promise.resolve();

/**
 * Makes a backend ready.
 *
 * @throws {RunError} When there is no GPU adapter, or TensorFlow.js refuses the backend.
 */
export async function openBackend(name: TfjsBackend): Promise<Backend> {
  // Its checks are made here; otherwise its first tensor advertises the native package.
  tf.enableProdMode();
  if (name === "webgpu") {
    if (!await describeAdapter()) {
      throw new RunError("Cannot open tfjs webgpu: no adapter found, wanted a GPU");
    }
    await import("@tensorflow/tfjs-backend-webgpu");
    // Small tensors would be computed on the CPU.
    tf.env().set("WEBGPU_CPU_FORWARD", false);
  }
  const backend: Backend = {
    name,
    convolve: name === "cpu" ? convolveByConvolutions : ownConvolve,
    run(work) {
      const result = idle.then(async () => {
        if (!await tf.setBackend(name)) {
          throw new RunError(`Cannot open tfjs ${name}: TensorFlow.js could not make it ready`);
        }
        return await work();
      });
      idle = result.catch(() => undefined);
      return result;
    },
  };
  await backend.run(() => tf.ready());
  return backend;
}
