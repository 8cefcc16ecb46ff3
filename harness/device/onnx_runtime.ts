/**
 * The part that the three ONNX Runtime packages have in common: sessions that take and return plain
 * float32 arrays.
 *
 * @module
 */
import type { InferenceSession, Tensor } from "onnxruntime-node";
import { messageOf, RunError } from "../base/mod.ts";
import type { FloatTensor, Session } from "./device.ts";

/** What onnxruntime-node, onnxruntime-web and onnxruntime-web/webgpu all export. */
export interface Runtime {
  readonly InferenceSession: typeof InferenceSession;
  readonly Tensor: typeof Tensor;
}

/**
 * Makes a session of one of the ONNX Runtime packages.
 *
 * @param reuseOutputs Write the outputs over those of the run before, when the inputs have the same
 * shapes: fresh memory costs as much as the arithmetic.
 * @throws {RunError} When the runtime refuses the model.
 */
export async function openSession(
  runtime: Runtime,
  model: Uint8Array,
  options: InferenceSession.SessionOptions,
  reuseOutputs = false,
): Promise<Session> {
  const session = await openInference(runtime, model, options);
  let last: { shapes: string; results: InferenceSession.ReturnType } | undefined;
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    async run(feeds) {
      const tensors = Object.entries(feeds).map(([name, { dims, data }]) =>
        [name, new runtime.Tensor("float32", data, dims)] as const
      );
      const shapes = JSON.stringify(tensors.map(([name, { dims }]) => [name, dims]));
      let results: InferenceSession.ReturnType;
      try {
        const inputs = Object.fromEntries(tensors);
        results = reuseOutputs && last?.shapes === shapes
          ? await session.run(inputs, last.results)
          : await session.run(inputs);
      } catch (error) {
        throw new RunError(`Cannot run the ONNX graph: ${messageOf(error)}`);
      }
      last = { shapes, results };
      const outputs: Record<string, FloatTensor> = {};
      for (const name of session.outputNames) {
        outputs[name] = floatTensor(name, results[name] as Tensor | undefined);
      }
      return outputs;
    },
    release: () => session.release(),
  };
}

/** @throws {RunError} When the runtime refuses the model. */
export async function openInference(
  runtime: Runtime,
  model: Uint8Array,
  options: InferenceSession.SessionOptions,
): Promise<InferenceSession> {
  try {
    return await runtime.InferenceSession.create(model, { logSeverityLevel: 3, ...options });
  } catch (error) {
    throw new RunError(`Cannot open the ONNX graph: ${messageOf(error)}`);
  }
}

/** @throws {RunError} When an output is not of float32. */
export function floatTensor(name: string, value: Tensor | undefined): FloatTensor {
  if (!value || !(value.data instanceof Float32Array)) {
    throw new RunError(
      `Cannot read output "${name}" of the ONNX graph: it is ${value?.type ?? "absent"}, ` +
        `wanted float32`,
    );
  }
  return { dims: value.dims, data: value.data as Float32Array<ArrayBuffer> };
}
