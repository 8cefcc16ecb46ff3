/**
 * The native CPU device: onnxruntime-node. Needs `--allow-ffi`.
 *
 * @module
 */
import type { Device } from "./device.ts";
import { keepFreedMemory } from "./keep_freed_memory.ts";
import { openLoop } from "./loop_session.ts";
import { openSession } from "./onnx_runtime.ts";

/**
 * A step graph has hundreds of short operations. Threads that spin for long while they wait for the next
 * one slow each other down as soon as anything else runs: on a busy machine steps took 1.3 to 1.6 times as
 * long. Threads that sleep at once take longer to wake than many operations do.
 */
const WAITING_THREADS_SPIN_SHORTLY = {
  session: { intra_op: { allow_spinning: "1", spin_duration_us: "50" } },
};

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
    openLoop(model, carried) {
      keepFreedMemory();
      return openLoop(ort, model, carried, {
        session: { intraOpNumThreads: threads, extra: WAITING_THREADS_SPIN_SHORTLY },
        carriedIn: "host",
        reusesOutputs: true,
      });
    },
  };
}
