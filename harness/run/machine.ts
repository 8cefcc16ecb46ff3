/**
 * What a run may know of the machine it is on.
 *
 * @module
 */
import { cpus } from "node:os";
import type { Machine } from "../spec/mod.ts";
import { readIfPermitted } from "./read_if_permitted.ts";

/**
 * Model and number of processors, name of the operating system. Never asks for permission: the model
 * needs `--allow-sys=cpus`, which the tasks do not give; the name is read from `/etc/os-release`.
 */
export async function machine(): Promise<Machine> {
  return {
    cpu: cpuModel(),
    cores: navigator.hardwareConcurrency,
    system: systemName(await readIfPermitted("/etc/os-release") ?? ""),
  };
}

function cpuModel(): string | null {
  const { state } = Deno.permissions.querySync({ name: "sys", kind: "cpus" });
  return state === "granted" ? cpus()[0]?.model.trim() || null : null;
}

/** From the text of an `os-release` file; null when it holds no name. */
export function systemName(osRelease: string): string | null {
  return /^PRETTY_NAME=(["']?)(.+?)\1\s*$/m.exec(osRelease)?.[2] ?? null;
}
