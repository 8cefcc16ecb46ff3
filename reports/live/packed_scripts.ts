/**
 * Bytes as scripts: a page that is opened from a file may load scripts, but may not read files.
 *
 * @module
 */
import { gzipSync } from "node:zlib";

/** Bytes of a part; Chromium takes several times as long for one script of 50 MB as for its parts. */
const PART = 3 * 2 ** 20;

/** A script by its name. */
export interface PackedScript {
  readonly path: string;
  readonly text: string;
}

/**
 * Scripts `<name>-0.js`, `<name>-1.js` ... that each put a part of the compressed bytes, in base64, into
 * `live.packed`, with the number of parts. The page's `live.unpack` loads them and puts them together.
 *
 * @param name Of letters, digits and underscores.
 */
export function packedScripts(name: string, bytes: Uint8Array): PackedScript[] {
  const compressed = gzipSync(bytes);
  const count = Math.ceil(compressed.length / PART);
  return Array.from({ length: count }, (_, at) => {
    const part = compressed.subarray(at * PART, (at + 1) * PART).toString("base64");
    return {
      path: `${name}-${at}.js`,
      text: `live.packed = { count: ${count}, part: "${part}" };\n`,
    };
  });
}
