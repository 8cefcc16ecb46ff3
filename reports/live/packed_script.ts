/**
 * Bytes as a script: a page that is opened from a file may load scripts, but may not read files.
 *
 * @module
 */
import { gzipSync } from "node:zlib";

/**
 * A script that puts compressed bytes, in base64, into `live.packed`.
 *
 * @param name Of plain letters.
 */
export function packedScript(name: string, bytes: Uint8Array): string {
  const text = gzipSync(bytes).toString("base64");
  return `globalThis.live ??= {};\n(live.packed ??= {}).${name} = "${text}";\n`;
}
