/**
 * The file format of the store: a magic word, a version, a digest, then the cell and its payload as
 * JSON.
 *
 * @module
 */
import { messageOf, sha256 } from "../base/mod.ts";
import type { Cell } from "./cell.ts";

const MAGIC = "IDCELL";
const VERSION = 1;

/** What a cell produced. */
export interface Artifact {
  readonly cell: Cell;
  /** JSON value. */
  readonly payload: unknown;
  /** How long it took to compute. */
  readonly seconds: number;
}

/** A header line `IDCELL 1 <sha256 of the body>`, then the body. */
export function encodeArtifact(artifact: Artifact): Uint8Array {
  const body = JSON.stringify(artifact);
  return new TextEncoder().encode(`${MAGIC} ${VERSION} ${sha256(body)}\n${body}`);
}

/**
 * @throws {Error} Saying what is wrong: another magic word, version, or digest.
 */
export function decodeArtifact(bytes: Uint8Array): Artifact {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  const end = text.indexOf("\n");
  const [magic, version, digest] = text.slice(0, end).split(" ");
  if (magic !== MAGIC) throw new Error(`no artifact: starts with "${text.slice(0, 8)}"`);
  if (version !== String(VERSION)) {
    throw new Error(`got artifact v${version} when expected v${VERSION}`);
  }
  const body = text.slice(end + 1);
  const found = sha256(body);
  if (found !== digest) throw new Error(`digest ${found} when expected ${digest}`);
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new Error(`unreadable body: ${messageOf(error)}`);
  }
}
