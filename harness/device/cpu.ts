/**
 * The native CPU device: onnxruntime-node. Needs `--allow-ffi`.
 *
 * @module
 */
import type { Device } from "./device.ts";
import { openLoop } from "./loop_session.ts";
import { openSession } from "./onnx_runtime.ts";

/**
 * Opens the native CPU device.
 *
 * @param threads Threads an operator may use.
 * @throws When the platform has no native package or the permission is missing.
 */
export async function openCpu(threads: number): Promise<Device> {
  const { default: ort } = await import("onnxruntime-node");
  return {
    kind: "cpu",
    threads,
    runtime: `onnxruntime-node ${ort.env.versions.node}`,
    open: (model) => openSession(ort, model, { intraOpNumThreads: threads }, true),
    openLoop: (model, carried) =>
      openLoop(ort, model, carried, {
        session: { intraOpNumThreads: threads },
        carriedIn: "reused",
      }),
  };
}
