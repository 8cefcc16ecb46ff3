/**
 * The WebAssembly device: onnxruntime-web. Runs wherever Deno runs.
 *
 * @module
 */
import type { Device } from "./device.ts";
import { openLoop } from "./loop_session.ts";
import { openSession } from "./onnx_runtime.ts";

/** Opens the WebAssembly device. The number of threads is fixed by the first call of a process. */
export async function openWasm(threads: number): Promise<Device> {
  const ort = await import("onnxruntime-web");
  ort.env.wasm.numThreads = threads;
  return {
    kind: "wasm",
    threads,
    runtime: `onnxruntime-web ${ort.env.versions.web} (wasm)`,
    open: (model) => openSession(ort, model, { executionProviders: ["wasm"] }),
    openLoop: (model, carried) =>
      openLoop(ort, model, carried, {
        session: { executionProviders: ["wasm"] },
        carriedIn: "host",
      }),
  };
}
