/**
 * The directory of a zip archive (APPNOTE 6.3.10, sections 4.3.12 to 4.3.16, with zip64), as far as
 * NumPy's `.npz` files need it.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import type { ByteRange } from "./byte_range.ts";

/** A member of an archive. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly crc32: number;
  /** Bytes in the archive. */
  readonly packedSize: number;
  readonly size: number;
  /** Where the member's own header begins. */
  readonly headerOffset: number;
}

const END = 0x06054b50;
const END_SIZE = 22;
const LONGEST_COMMENT = 0xffff;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const LOCATOR64_SIZE = 20;
const ENTRY = 0x02014b50;
const ENTRY_SIZE = 46;
const ZIP64_EXTRA = 1;
/** In a field of 32 bits: the value stands in the zip64 extra field. */
const ELSEWHERE = 0xffffffff;

/** Bytes of the largest directory that is read: some hundred thousand members. */
const LARGEST_DIRECTORY = 32 * 2 ** 20;

/**
 * The members of an archive.
 *
 * @throws {RunError} When the file is no zip archive, is cut short, or contradicts itself.
 */
export function zipEntries(archive: ByteRange): ZipEntry[] {
  const { offset, size, count } = findDirectory(archive);
  if (size > LARGEST_DIRECTORY || offset + size > archive.length) {
    throw new RunError(
      `${archive.name}: a directory of ${size} bytes at offset ${offset}, wanted one within the ` +
        `file's ${archive.length} bytes and below ${LARGEST_DIRECTORY}`,
    );
  }
  const view = new DataView(archive.read(offset, new Uint8Array(size)).buffer);
  const entries: ZipEntry[] = [];
  for (let at = 0; at < size;) {
    if (at + ENTRY_SIZE > size || view.getUint32(at, true) !== ENTRY) {
      throw new RunError(
        `${archive.name}: offset ${offset + at}: no directory entry, wanted ${count} of them`,
      );
    }
    const length = ENTRY_SIZE + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) +
      view.getUint16(at + 32, true);
    if (at + length > size) {
      throw new RunError(`${archive.name}: offset ${offset + at}: directory entry is cut short`);
    }
    entries.push(entryOf(new DataView(view.buffer, at, length), `${archive.name}: ${offset + at}`));
    at += length;
  }
  if (entries.length !== count) {
    throw new RunError(
      `${archive.name}: the directory has ${entries.length} entries, wanted ${count}`,
    );
  }
  return entries;
}

interface DirectoryPlace {
  readonly offset: number;
  readonly size: number;
  readonly count: number;
}

function findDirectory(archive: ByteRange): DirectoryPlace {
  const tailSize = Math.min(archive.length, END_SIZE + LONGEST_COMMENT + LOCATOR64_SIZE);
  const tailOffset = archive.length - tailSize;
  const tail = new DataView(archive.read(tailOffset, new Uint8Array(tailSize)).buffer);
  let end = tailSize - END_SIZE;
  while (end >= 0 && !isEnd(tail, end)) end--;
  if (end < 0) {
    throw new RunError(
      `${archive.name}: no end record of a zip archive, the file may be cut short`,
    );
  }
  const locator = end - LOCATOR64_SIZE;
  if (locator < 0 || tail.getUint32(locator, true) !== LOCATOR64) {
    return {
      count: tail.getUint16(end + 10, true),
      size: tail.getUint32(end + 12, true),
      offset: tail.getUint32(end + 16, true),
    };
  }
  const end64 = Number(tail.getBigUint64(locator + 8, true));
  const record = new DataView(archive.read(end64, new Uint8Array(56)).buffer);
  if (record.getUint32(0, true) !== END64) {
    throw new RunError(`${archive.name}: offset ${end64}: no zip64 end record`);
  }
  return {
    count: Number(record.getBigUint64(32, true)),
    size: Number(record.getBigUint64(40, true)),
    offset: Number(record.getBigUint64(48, true)),
  };
}

/** An end record's comment reaches to the end of the file. */
function isEnd(tail: DataView, at: number): boolean {
  return tail.getUint32(at, true) === END &&
    at + END_SIZE + tail.getUint16(at + 20, true) === tail.byteLength;
}

function entryOf(view: DataView, at: string): ZipEntry {
  const nameLength = view.getUint16(28, true);
  const extraEnd = ENTRY_SIZE + nameLength + view.getUint16(30, true);
  const name = new Uint8Array(view.buffer, view.byteOffset + ENTRY_SIZE, nameLength);
  let [size, packedSize, headerOffset] = [24, 20, 42].map((field) =>
    view.getUint32(field, true)
  ) as [number, number, number];
  if ([size, packedSize, headerOffset].includes(ELSEWHERE)) {
    const large = zip64Values(view, ENTRY_SIZE + nameLength, extraEnd);
    const take = (small: number): number => {
      if (small !== ELSEWHERE) return small;
      const value = large.shift();
      if (value === undefined) throw new RunError(`${at}: directory entry lacks its zip64 sizes`);
      return value;
    };
    size = take(size);
    packedSize = take(packedSize);
    headerOffset = take(headerOffset);
  }
  return {
    name: new TextDecoder().decode(name),
    method: view.getUint16(10, true),
    isEncrypted: (view.getUint16(8, true) & 1) !== 0,
    crc32: view.getUint32(16, true),
    packedSize,
    size,
    headerOffset,
  };
}

/** The 64-bit values of the zip64 extra field, in the order size, packed size, offset. */
function zip64Values(view: DataView, start: number, end: number): number[] {
  for (let at = start; at + 4 <= end;) {
    const length = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === ZIP64_EXTRA) {
      const last = Math.min(end, at + 4 + length);
      const values: number[] = [];
      for (let value = at + 4; value + 8 <= last; value += 8) {
        values.push(Number(view.getBigUint64(value, true)));
      }
      return values;
    }
    at += 4 + length;
  }
  return [];
}
