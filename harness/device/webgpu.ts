/**
 * The WebGPU device: onnxruntime-web/webgpu on the adapter that the browser interface of Deno gives.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import type { AdapterDescription, Device } from "./device.ts";
import { openLoop } from "./loop_session.ts";
import { openSession } from "./onnx_runtime.ts";

/** The adapter that WebGPU would use, or undefined where there is none. */
export async function describeAdapter(): Promise<AdapterDescription | undefined> {
  const adapter = await requestAdapter();
  return adapter && describe(adapter);
}

async function requestAdapter(): Promise<GPUAdapter | undefined> {
  if (!("gpu" in navigator)) return undefined;
  quietVulkanLoader();
  return await navigator.gpu.requestAdapter() ?? undefined;
}

function describe({ info }: GPUAdapter): AdapterDescription {
  const { vendor, architecture, description, isFallbackAdapter } = info;
  return { vendor, architecture, description, isFallbackAdapter };
}

/** The Vulkan loader complains on standard error when this variable is missing; it needs no value. */
function quietVulkanLoader(): void {
  const name = "XDG_RUNTIME_DIR";
  const { state } = Deno.permissions.querySync({ name: "env", variable: name });
  if (state === "granted" && !Deno.env.has(name)) Deno.env.set(name, Deno.cwd());
}

/**
 * Opens the WebGPU device.
 *
 * @throws {RunError} When the machine offers no adapter.
 */
export async function openWebGpu(): Promise<Device> {
  const adapter = await requestAdapter();
  if (!adapter) {
    throw new RunError(
      "Cannot open device webgpu: no adapter found, wanted a GPU or a software Vulkan driver " +
        "(for instance Debian's mesa-vulkan-drivers)",
    );
  }
  const ort = await import("onnxruntime-web/webgpu");
  return {
    kind: "webgpu",
    threads: 1,
    runtime: `onnxruntime-web ${ort.env.versions.web} (webgpu)`,
    adapter: describe(adapter),
    largestTensorBytes: Math.min(
      adapter.limits.maxStorageBufferBindingSize,
      adapter.limits.maxBufferSize,
    ),
    open: (model) => openSession(ort, model, { executionProviders: ["webgpu"] }),
    openLoop: (model, carried) =>
      openLoop(ort, model, carried, {
        session: { executionProviders: ["webgpu"] },
        carriedIn: "gpu",
      }),
  };
}
