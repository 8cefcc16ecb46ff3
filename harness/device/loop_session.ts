/**
 * A graph that is run again and again, some of its outputs being inputs of the next run: the weights
 * of a training step. On WebGPU they never leave the device.
 *
 * @module
 */
import type { InferenceSession, Tensor } from "onnxruntime-node";
import { messageOf, RunError } from "../base/mod.ts";
import type { FloatTensor, LoopSession } from "./device.ts";
import { floatTensor, openInference, type Runtime } from "./onnx_runtime.ts";

/** What the ONNX Runtime packages do differently. */
export interface LoopOptions {
  readonly session: InferenceSession.SessionOptions;
  /** Where carried values stay between runs. */
  readonly carriedIn: "gpu" | "host";
  /**
   * Write carried outputs over the carried inputs of the run before: fresh memory for every weight costs
   * more than the update of the weights. Default false.
   */
  readonly reusesOutputs?: boolean;
}

/**
 * @param carried For each carried input, the output that becomes it.
 * @throws {RunError} When the runtime refuses the model.
 */
export async function openLoop(
  runtime: Runtime,
  model: Uint8Array,
  carried: ReadonlyMap<string, string>,
  { session: options, carriedIn, reusesOutputs = false }: LoopOptions,
): Promise<LoopSession> {
  const locations = carriedIn === "gpu"
    ? {
      preferredOutputLocation: Object.fromEntries(
        [...carried.values()].map((output) => [output, "gpu-buffer" as const]),
      ),
    }
    : {};
  const session = await openInference(runtime, model, { ...options, ...locations });
  let current = new Map<string, Tensor>();
  // Carried tensors of the run before, which nothing reads any more.
  let spare = new Map<string, Tensor>();
  let failure: string | undefined;
  const plain = session.outputNames.filter((name) => ![...carried.values()].includes(name));

  return {
    write(values) {
      const next = new Map<string, Tensor>();
      for (const input of carried.keys()) {
        const value = values.get(input);
        if (!value) throw new RunError(`Cannot start the loop: no value for "${input}"`);
        next.set(input, new runtime.Tensor("float32", value.data.slice(), value.dims));
      }
      for (const tensor of current.values()) tensor.dispose();
      current = next;
    },
    async read() {
      const values = new Map<string, FloatTensor>();
      for (const [input, tensor] of current) {
        const data = await tensor.getData() as Float32Array<ArrayBuffer>;
        values.set(input, { dims: tensor.dims, data: data.slice() });
      }
      return values;
    },
    async run(feeds) {
      // On WebGPU the runtime would take the inputs of the failed run again.
      if (failure !== undefined) {
        throw new RunError(`Cannot go on with the ONNX graph, a run failed before: ${failure}`);
      }
      const inputs: Record<string, Tensor> = Object.fromEntries(current);
      for (const [name, { dims, data }] of Object.entries(feeds)) {
        inputs[name] = new runtime.Tensor("float32", data, dims);
      }
      let results: InferenceSession.ReturnType;
      try {
        const fetched = session.outputNames.map((name) => [name, spare.get(name) ?? null] as const);
        results = await session.run(inputs, Object.fromEntries(fetched));
      } catch (error) {
        failure = messageOf(error);
        throw new RunError(`Cannot run the ONNX graph: ${failure}`);
      }
      const next = new Map(
        [...carried].map(([input, output]) =>
          [input, spare.get(output) ?? results[output] as Tensor] as const
        ),
      );
      if (reusesOutputs) {
        for (const output of spare.keys()) free(results[output] as Tensor);
        spare = new Map([...carried].map(([input, output]) => [output, current.get(input)!]));
      } else for (const tensor of current.values()) tensor.dispose();
      current = next;
      return Object.fromEntries(
        plain.map((name) => [name, floatTensor(name, results[name] as Tensor)]),
      );
    },
    async release() {
      for (const tensor of current.values()) tensor.dispose();
      current.clear();
      spare.clear();
      await session.release();
    },
  };
}

/**
 * The native runtime writes into the tensors that it is given, and returns copies of them. Left to the
 * garbage collector, the copies of several runs would each take fresh memory.
 */
function free({ data }: Tensor): void {
  ((data as Float32Array).buffer as ArrayBuffer).transfer(0);
}
