/** Helpers that tests of downloads share. */
import { createHash } from "node:crypto";
import { sha256, silentProgress } from "../../base/mod.ts";
import type { Transfer } from "../download_file.ts";
import type { Pin } from "../pinned_digest.ts";

/** Bytes that differ along the file. */
export function someBytes(count: number, seed = 1): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => (i * seed + (i >> 8) * 31) & 255);
}

/** What `bytes` must be. */
export function pinOf(bytes: Uint8Array): Pin {
  return {
    bytes: bytes.length,
    sha256: sha256(bytes),
    md5: createHash("md5").update(bytes).digest("hex"),
  };
}

/** A transfer that may only reach this machine and does not wait; `lines` receives what it logs. */
export function quickTransfer(lines: string[] = []): Transfer {
  return {
    hosts: ["127.0.0.1"],
    patience: { retryDelays: [1, 1], stallTimeout: 10_000 },
    progress: silentProgress,
    signal: new AbortController().signal,
    log: (line) => lines.push(line),
  };
}

/** Runs `body` with a folder of its own. */
export async function inTempFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The names in a folder, sorted. */
export function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}
