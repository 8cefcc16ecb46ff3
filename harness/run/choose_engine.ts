/**
 * Choosing what trains networks.
 *
 * @module
 */
import type { Device } from "../device/mod.ts";
import { type Engine, ortEngine } from "../train/mod.ts";

/** What a user may ask for. */
export type EngineRequest = "ort" | "tfjs";

/**
 * Opens an engine: ONNX Runtime on the device of the run, or TensorFlow.js on WebGPU when that is the
 * device of the run, else on its own CPU kernels. TensorFlow.js is only loaded when it is wanted.
 */
export async function chooseEngine(requested: EngineRequest, device: Device): Promise<Engine> {
  if (requested === "ort") return ortEngine(device);
  const { openTfjs } = await import("../train/tfjs/mod.ts");
  return await openTfjs(device.kind === "webgpu" ? "webgpu" : "cpu");
}
