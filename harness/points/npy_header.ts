/**
 * The header of a NumPy array file: a magic string, a version, and a Python literal that gives type,
 * order and shape (numpy.lib.format, versions 1.0 to 3.0).
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import type { ByteRange } from "./byte_range.ts";
import { NPY_TYPE_NAMES, type NpyType, npyType } from "./npy_type.ts";

const MAGIC = "\x93NUMPY";

/** Bytes of the longest header that is read; NumPy's own limit for untrusted files is 10 000. */
const LONGEST_HEADER = 65_536;

/** What a header says. */
export interface NpyHeader {
  readonly type: NpyType;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the numbers begin. */
  readonly dataOffset: number;
}

/**
 * Reads the header and checks it against the length of the file.
 *
 * @throws {RunError} Naming the file, the offset, what was found and what was wanted.
 */
export function readNpyHeader(bytes: ByteRange): NpyHeader {
  const { text, dataOffset } = headerText(bytes);
  const at = `${bytes.name}: offset ${dataOffset - text.length}: header`;
  const type = typeOf(text, at);
  const order = /['"]fortran_order['"]\s*:\s*(True|False)\b/.exec(text)?.[1];
  if (order === undefined) throw new RunError(`${at} has no fortran_order, wanted True or False`);
  const shape = shapeOf(text, at);
  const count = shape.reduce((product, size) => product * size, 1);
  const wanted = count * type.size;
  const found = bytes.length - dataOffset;
  if (found !== wanted) {
    throw new RunError(
      `${at} promises ${wanted} bytes, ${type.name} of shape (${shape.join(", ")}), ` +
        `but ${found} follow`,
    );
  }
  return { type, fortranOrder: order === "True", shape, dataOffset };
}

function headerText(bytes: ByteRange): { text: string; dataOffset: number } {
  if (bytes.length < 12) {
    throw new RunError(`${bytes.name}: ${bytes.length} bytes, too few for a NumPy array`);
  }
  const start = bytes.read(0, new Uint8Array(12));
  const magic = String.fromCharCode(...start.subarray(0, 6));
  if (magic !== MAGIC) {
    throw new RunError(
      `${bytes.name}: offset 0: found ${JSON.stringify(magic)}, wanted \\x93NUMPY`,
    );
  }
  const version = start[6]!;
  if (version < 1 || version > 3) {
    throw new RunError(`${bytes.name}: offset 6: format version ${version}, wanted 1, 2 or 3`);
  }
  const view = new DataView(start.buffer);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const headerOffset = version === 1 ? 10 : 12;
  if (length > LONGEST_HEADER || headerOffset + length > bytes.length) {
    const most = Math.min(LONGEST_HEADER, bytes.length - headerOffset);
    throw new RunError(
      `${bytes.name}: offset 8: a header of ${length} bytes, wanted at most ${most}`,
    );
  }
  const header = bytes.read(headerOffset, new Uint8Array(length));
  // Type, order and shape are ASCII in every version; names of fields, the rest, are not read.
  return { text: new TextDecoder("latin1").decode(header), dataOffset: headerOffset + length };
}

function typeOf(text: string, at: string): NpyType {
  const [, opening, descr] = /['"]descr['"]\s*:\s*(?:(\[)|['"]([^'"]*)['"])/.exec(text) ?? [];
  if (opening !== undefined) {
    throw new RunError(`${at} describes records, wanted one kind of number: ${NPY_TYPE_NAMES}`);
  }
  if (descr === undefined) throw new RunError(`${at} has no descr, wanted a type such as '<f4'`);
  const type = npyType(descr);
  if (type) return type;
  const meaning = descr.includes("O") ? " (Python objects, which need pickle)" : "";
  throw new RunError(
    `${at} gives the type ${JSON.stringify(descr)}${meaning}, wanted one of ${NPY_TYPE_NAMES}`,
  );
}

function shapeOf(text: string, at: string): number[] {
  const inside = /['"]shape['"]\s*:\s*\(([^)]*)\)/.exec(text)?.[1];
  if (inside === undefined || !/^\s*(\d+L?\s*(,\s*\d+L?\s*)*,?\s*)?$/.test(inside)) {
    throw new RunError(`${at} has no shape, wanted one such as (1000, 64)`);
  }
  const shape = inside.split(",").filter((size) => size.trim() !== "").map((size) =>
    Number.parseInt(size)
  );
  const count = shape.reduce((product, size) => product * size, 1);
  if (!Number.isSafeInteger(count)) {
    throw new RunError(`${at} gives shape (${inside}), more numbers than any file holds`);
  }
  if (shape.length === 0 || count === 0) {
    throw new RunError(`${at} gives shape (${inside}), wanted at least one point of one feature`);
  }
  return shape;
}
