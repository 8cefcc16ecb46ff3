/**
 * `doctor`: devices, versions, threads, and the self-test on each device.
 *
 * @module
 */
import { messageOf } from "../base/mod.ts";
import { chooseDevice, describeAdapter, type DeviceKind } from "../device/mod.ts";
import { gitCommit, passes, selfTest, type SelfTestResult, versions } from "../run/mod.ts";
import type { Options } from "./options.ts";
import { print, table } from "./print.ts";

const KINDS: readonly DeviceKind[] = ["webgpu", "cpu", "wasm"];

/** Prints what this machine can do; 3 when no device passes its self-test. */
export async function doctor({ threads, json }: Options): Promise<number> {
  const adapter = await describeAdapter() ?? null;
  const devices: Examination[] = [];
  for (const kind of KINDS) devices.push(await examine(kind, threads));
  const { device, reason } = await chooseDevice("auto", threads);
  const found = {
    versions: versions(),
    commit: await gitCommit(),
    os: Deno.build.os,
    arch: Deno.build.arch,
    cores: navigator.hardwareConcurrency,
    adapter,
    devices,
    auto: { device: device.kind, reason },
  };
  print(json, found, () => {
    const rows = devices.map(({ kind, runtime, threads, problem, tests }) => [
      kind,
      runtime ?? "-",
      String(threads ?? "-"),
      problem ?? (passes(tests) ? "passed" : "FAILED"),
      tests.map(({ name, error }) => `${name} ${error === null ? "-" : error.toExponential(0)}`)
        .join(", "),
    ]);
    return [
      `${found.os} ${found.arch}, ${found.cores} cores`,
      `WebGPU adapter: ${
        adapter
          ? `${adapter.description || adapter.vendor}${
            adapter.isFallbackAdapter ? " (software)" : ""
          }`
          : "none"
      }`,
      Object.entries(found.versions).map(([name, version]) => `${name} ${version}`).join(", "),
      "",
      table(["device", "runtime", "threads", "self-test", "relative errors"], rows),
      "",
      `--device auto takes ${found.auto.device}: ${found.auto.reason}`,
    ].join("\n");
  });
  return devices.some(({ problem, tests }) => problem === null && passes(tests)) ? 0 : 3;
}

interface Examination {
  readonly kind: DeviceKind;
  readonly runtime: string | null;
  readonly threads: number | null;
  /** Why the device cannot be opened. */
  readonly problem: string | null;
  readonly tests: readonly SelfTestResult[];
}

async function examine(kind: DeviceKind, wanted: number): Promise<Examination> {
  try {
    const { device } = await chooseDevice(kind, wanted);
    const tests = await selfTest(device);
    return { kind, runtime: device.runtime, threads: device.threads, problem: null, tests };
  } catch (error) {
    return { kind, runtime: null, threads: null, problem: messageOf(error), tests: [] };
  }
}
