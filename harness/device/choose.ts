/**
 * Choosing a device: the one asked for, or the best one that the machine has.
 *
 * @module
 */
import { messageOf, RunError } from "../base/mod.ts";
import { openCpu } from "./cpu.ts";
import type { Device, DeviceKind } from "./device.ts";
import { openWasm } from "./wasm.ts";
import { describeAdapter, openWebGpu } from "./webgpu.ts";

/** What a user may ask for. */
export type DeviceRequest = DeviceKind | "auto";

/** A device with the reason for its choice. */
export interface ChosenDevice {
  readonly device: Device;
  readonly requested: DeviceRequest;
  readonly reason: string;
}

/**
 * Opens a device. `auto` takes a real GPU if there is one, else the native CPU, else WebAssembly.
 *
 * @throws {RunError} When the device that was asked for cannot be had.
 */
export async function chooseDevice(
  requested: DeviceRequest,
  threads: number = navigator.hardwareConcurrency,
): Promise<ChosenDevice> {
  if (requested !== "auto") {
    return { device: await open(requested, threads), requested, reason: "asked for by --device" };
  }
  const adapter = await describeAdapter();
  if (adapter && !adapter.isFallbackAdapter) {
    const reason = `GPU found: ${adapter.description || adapter.vendor}`;
    return { device: await openWebGpu(), requested, reason };
  }
  const noGpu = adapter
    ? `only a software WebGPU adapter (${adapter.description})`
    : "no WebGPU adapter";
  try {
    return { device: await openCpu(threads), requested, reason: `${noGpu}; native CPU found` };
  } catch (error) {
    const reason = `${noGpu}; native CPU not usable: ${messageOf(error)}`;
    return { device: await openWasm(threads), requested, reason };
  }
}

async function open(kind: DeviceKind, threads: number): Promise<Device> {
  try {
    switch (kind) {
      case "cpu":
        return await openCpu(threads);
      case "wasm":
        return await openWasm(threads);
      case "webgpu":
        return await openWebGpu();
    }
  } catch (error) {
    if (error instanceof RunError) throw error;
    throw new RunError(`Cannot open device ${kind}: ${messageOf(error)}`);
  }
}
