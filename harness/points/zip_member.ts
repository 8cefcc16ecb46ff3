/**
 * One member of a zip archive as bytes that can be read at any place.
 *
 * @module
 */
import { crc32 } from "node:zlib";
import { messageOf, RunError } from "../base/mod.ts";
import { ByteRange } from "./byte_range.ts";
import type { ZipEntry } from "./zip_directory.ts";

const HEADER = 0x04034b50;
const HEADER_SIZE = 30;
const STORED = 0;
const DEFLATED = 8;

/** Bytes of the largest member that is inflated. */
const LARGEST = 64 * 2 ** 30;

/** Deflate makes at most 1032 bytes of one. */
const LARGEST_RATIO = 1032;

const CHUNK = 2 ** 18;

/**
 * Opens a member. A stored one is read where it is; a deflated one is inflated into a temporary file,
 * which disposal removes. Its bytes are checked against the archive's checksum.
 *
 * @param archive The archive; stays open as long as the member is used.
 * @param temporaryFolder Where an inflated member goes.
 * @throws {RunError} When the member is encrypted, packed in another way, or not what the directory says.
 */
export async function openZipMember(
  archive: ByteRange,
  entry: ZipEntry,
  temporaryFolder: string,
  signal: AbortSignal,
): Promise<ByteRange> {
  const name = `${archive.name}: ${entry.name}`;
  if (entry.isEncrypted) throw new RunError(`${name}: is encrypted, wanted a plain member`);
  const packed = archive.part(name, dataOffset(archive, entry), entry.packedSize);
  if (entry.method === STORED) {
    if (entry.size !== entry.packedSize) {
      throw new RunError(`${name}: ${entry.packedSize} bytes stored, wanted ${entry.size}`);
    }
    let sum = 0;
    for (const chunk of chunks(packed, signal)) sum = crc32(chunk, sum);
    requireChecksum(sum, entry, name);
    return packed;
  }
  if (entry.method !== DEFLATED) {
    throw new RunError(
      `${name}: compression method ${entry.method}, wanted 0 (stored) or 8 (deflated)`,
    );
  }
  if (entry.size > Math.min(LARGEST, LARGEST_RATIO * entry.packedSize)) {
    throw new RunError(
      `${name}: ${entry.packedSize} bytes are said to inflate to ${entry.size}, wanted at most ` +
        `${Math.min(LARGEST, LARGEST_RATIO * entry.packedSize)}`,
    );
  }
  return await inflate(packed, entry, `${temporaryFolder}/${crypto.randomUUID()}.npy`, signal);
}

function dataOffset(archive: ByteRange, { name, headerOffset }: ZipEntry): number {
  const header = new DataView(archive.read(headerOffset, new Uint8Array(HEADER_SIZE)).buffer);
  if (header.getUint32(0, true) !== HEADER) {
    throw new RunError(`${archive.name}: offset ${headerOffset}: no header of member "${name}"`);
  }
  return headerOffset + HEADER_SIZE + header.getUint16(26, true) + header.getUint16(28, true);
}

async function inflate(
  packed: ByteRange,
  entry: ZipEntry,
  path: string,
  signal: AbortSignal,
): Promise<ByteRange> {
  const { name } = packed;
  const file = Deno.openSync(path, { createNew: true, read: true, write: true });
  const member = new ByteRange(name, file, 0, entry.size, () => {
    file.close();
    Deno.removeSync(path);
  });
  try {
    let size = 0;
    let sum = 0;
    const inflated = ReadableStream.from(chunks(packed, signal))
      .pipeThrough(new DecompressionStream("deflate-raw"));
    for await (const chunk of inflated) {
      size += chunk.length;
      if (size > entry.size) throw new RunError(`${name}: inflates beyond ${entry.size} bytes`);
      sum = crc32(chunk, sum);
      for (let at = 0; at < chunk.length;) at += file.writeSync(chunk.subarray(at));
    }
    if (size !== entry.size) {
      throw new RunError(`${name}: inflates to ${size} bytes, wanted ${entry.size}`);
    }
    requireChecksum(sum, entry, name);
    return member;
  } catch (error) {
    member[Symbol.dispose]();
    if (error instanceof TypeError) {
      throw new RunError(`${name}: cannot be inflated: ${messageOf(error)}`);
    }
    throw error;
  }
}

function* chunks(bytes: ByteRange, signal: AbortSignal): Generator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < bytes.length; at += CHUNK) {
    signal.throwIfAborted();
    yield bytes.read(at, new Uint8Array(Math.min(CHUNK, bytes.length - at)));
  }
}

function requireChecksum(sum: number, entry: ZipEntry, name: string): void {
  if (sum !== entry.crc32) {
    const hex = (value: number) => value.toString(16).padStart(8, "0");
    throw new RunError(`${name}: checksum ${hex(sum)}, wanted ${hex(entry.crc32)}`);
  }
}
