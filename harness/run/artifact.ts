/**
 * The file format of the store. A header line `IDCELL 1 <SHA-256 of the body>`, then the body: JSON
 * with the cell, the time it took and the payload. A payload of bytes follows the JSON after a newline,
 * which JSON text never contains.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { canonicalJson, sha256 } from "../base/mod.ts";
import type { Cell } from "./cell.ts";
import { requireJson } from "./require_json.ts";

const VERSION = 1;
const HEADER = /^IDCELL (\d+) ([0-9a-f]{64})$/;

/** Where a header must have ended, of whatever version. */
const LONGEST_HEADER = 100;

const NEWLINE = 0x0a;

/** What a cell produced. */
export interface Artifact {
  readonly cell: Cell;
  /** JSON value or Uint8Array. */
  readonly payload: unknown;
  /** How long it took to compute. */
  readonly seconds: number;
}

/**
 * The bytes of an artifact's file.
 *
 * @throws {TypeError} When the payload is neither bytes nor a value that survives JSON.
 */
export function encodeArtifact({ cell, payload, seconds }: Artifact): Uint8Array {
  const isBytes = payload instanceof Uint8Array;
  if (!isBytes) requireJson(payload, "payload");
  const description = canonicalJson(isBytes ? { cell, seconds } : { cell, payload, seconds });
  const utf8 = new TextEncoder();
  const text = utf8.encode(isBytes ? description + "\n" : description);
  const bytes = isBytes ? payload : new Uint8Array();
  const body = createHash("sha256").update(text).update(bytes);
  const header = utf8.encode(`IDCELL ${VERSION} ${body.digest("hex")}\n`);

  const file = new Uint8Array(header.length + text.length + bytes.length);
  file.set(header);
  file.set(text, header.length);
  file.set(bytes, header.length + text.length);
  return file;
}

/**
 * The artifact in a file's bytes. A payload of bytes is a view of them.
 *
 * @throws {Error} Saying what is wrong: another magic word, version, or digest.
 */
export function decodeArtifact(file: Uint8Array): Artifact {
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  const end = file.subarray(0, LONGEST_HEADER + 1).indexOf(NEWLINE);
  const header = new TextDecoder("latin1").decode(file.subarray(0, Math.max(end, 0)));
  const [, version, digest] = HEADER.exec(header) ?? [];
  if (version === undefined) throw new Error(`no header of an artifact in ${file.length} bytes`);
  if (version !== String(VERSION)) {
    throw new Error(`got artifact v${version} when expected v${VERSION}`);
  }
  const body = file.subarray(end + 1);
  const found = sha256(body);
  if (found !== digest) throw new Error(`digest ${found} when expected ${digest}`);

  const split = body.indexOf(NEWLINE);
  return split < 0
    ? JSON.parse(utf8.decode(body))
    : { ...JSON.parse(utf8.decode(body.subarray(0, split))), payload: body.subarray(split + 1) };
}
