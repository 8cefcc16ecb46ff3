/**
 * Where a result comes from: device, versions and the memory that it took.
 *
 * @module
 */
import process from "node:process";
import config from "../../deno.json" with { type: "json" };
import type { ChosenDevice } from "../device/mod.ts";
import type { Result } from "../spec/mod.ts";

/** Versions of Deno, its parts and the pinned packages, by name. */
export function versions(): Record<string, string> {
  return { ...Deno.version, ...packageVersions(Object.values(config.imports)) };
}

/** Versions by package from import specifiers such as `npm:@scope/name@1.2.3/sub-path`. */
export function packageVersions(specifiers: readonly string[]): Record<string, string> {
  return Object.fromEntries(specifiers.flatMap((specifier) => {
    const [, name, version] = /^npm:\/?((?:@[^/@]+\/)?[^/@]+)@([^/]+)/.exec(specifier) ?? [];
    return name !== undefined && version !== undefined ? [[name, version] as const] : [];
  }));
}

/**
 * Largest resident memory of the process so far, in bytes. Linux tells exactly, but only to a process
 * with all permissions; what getrusage tells to everybody includes the size of the process that
 * started this one.
 */
export function peakMemory(): number {
  return highWaterMark() ?? process.resourceUsage().maxRSS * 1024;
}

function highWaterMark(): number | undefined {
  const path = "/proc/self/status";
  // Reading without permission would ask the user for it.
  if (Deno.permissions.querySync({ name: "read", path }).state !== "granted") return undefined;
  try {
    const [, kibibytes] = /^VmHWM:\s*(\d+) kB$/m.exec(Deno.readTextFileSync(path)) ?? [];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  } catch {
    return undefined;
  }
}

/** The device of a run, as results tell of it. */
export function deviceResult(
  { device, requested, reason }: ChosenDevice,
  selfTest: Readonly<Result["device"]["selfTest"]>,
): Result["device"] {
  return {
    kind: device.kind,
    requested,
    reason,
    threads: device.threads,
    runtime: device.runtime,
    adapter: device.adapter ? { ...device.adapter } : null,
    selfTest: [...selfTest],
  };
}
