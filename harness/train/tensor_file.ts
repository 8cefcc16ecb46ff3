/**
 * Tensors and what is known about them in one file: the magic word, the length of the header as 32 bits,
 * the header as JSON, the values as little-endian float32, and a SHA-256 over all of it.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { canonicalJson, messageOf, RunError } from "../base/mod.ts";
import type { FloatTensor } from "../device/mod.ts";

const FORMAT = "TENSORS";
const VERSION = "1";
const MAGIC = new TextEncoder().encode(FORMAT + VERSION);
const DIGEST_BYTES = 32;
const LENGTH_BYTES = 4;

const headerSchema = z.strictObject({
  about: z.unknown(),
  tensors: z.array(z.strictObject({
    name: z.string(),
    dims: z.array(z.int().nonnegative()),
  })),
});

/** What a tensor file holds. */
export interface TensorFile {
  /** A JSON value. */
  readonly about: unknown;
  readonly tensors: ReadonlyMap<string, FloatTensor>;
}

/**
 * The bytes of a file.
 *
 * @throws {TypeError} When `about` holds NaN or an infinity, which JSON cannot spell.
 */
export function encodeTensors({ about, tensors }: TensorFile): Uint8Array {
  const header = new TextEncoder().encode(canonicalJson({
    about,
    tensors: [...tensors].map(([name, { dims }]) => ({ name, dims })),
  }));
  const values = [...tensors.values()].reduce((sum, { data }) => sum + data.byteLength, 0);
  const start = MAGIC.length + LENGTH_BYTES;
  const bytes = new Uint8Array(start + header.length + values + DIGEST_BYTES);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint32(MAGIC.length, header.length, true);
  bytes.set(header, start);
  let at = start + header.length;
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  bytes.set(createHash("sha256").update(bytes.subarray(0, at)).digest(), at);
  return bytes;
}

/**
 * @param file Name for errors.
 * @throws {RunError} When the bytes are not a whole, undamaged file.
 */
export function decodeTensors(bytes: Uint8Array, file: string): TensorFile {
  const wrong = (what: string) => new RunError(`${file}: ${what}`);
  const start = MAGIC.length + LENGTH_BYTES;
  if (bytes.length < start + DIGEST_BYTES) {
    throw wrong(`${bytes.length} bytes, wanted at least ${start + DIGEST_BYTES}: truncated`);
  }
  requireMagic(bytes, wrong);
  const end = bytes.length - DIGEST_BYTES;
  const digest = createHash("sha256").update(bytes.subarray(0, end)).digest();
  if (digest.some((byte, at) => bytes[end + at] !== byte)) {
    throw wrong("its SHA-256 does not match: truncated or damaged");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerEnd = start + view.getUint32(MAGIC.length, true);
  if (headerEnd > end) throw wrong(`a header to byte ${headerEnd} of ${end}`);
  const header = readHeader(bytes.subarray(start, headerEnd), wrong);
  const tensors = new Map<string, FloatTensor>();
  let at = headerEnd;
  for (const { name, dims } of header.tensors) {
    const size = 4 * dims.reduce((product, value) => product * value, 1);
    if (at + size > end) throw wrong(`tensor "${name}" ends at byte ${at + size} of ${end}`);
    const data = new Float32Array(bytes.slice(at, at + size).buffer);
    tensors.set(name, { dims, data });
    at += size;
  }
  if (at !== end) throw wrong(`${end - at} bytes after the last tensor`);
  return { about: header.about, tensors };
}

type Wrong = (what: string) => RunError;

function requireMagic(bytes: Uint8Array, wrong: Wrong): void {
  const word = new TextDecoder("latin1").decode(bytes.subarray(0, MAGIC.length));
  if (word === FORMAT + VERSION) return;
  if (word.startsWith(FORMAT)) {
    throw wrong(`version ${JSON.stringify(word.slice(FORMAT.length))}, wanted "${VERSION}"`);
  }
  throw wrong(
    `begins with ${JSON.stringify(word)}, wanted "${FORMAT}${VERSION}": not a file of weights`,
  );
}

function readHeader(bytes: Uint8Array, wrong: Wrong): z.infer<typeof headerSchema> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw wrong(`its header is no JSON: ${messageOf(error)}`);
  }
  const parsed = headerSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw wrong(`its header is malformed: ${z.prettifyError(parsed.error)}`);
}
