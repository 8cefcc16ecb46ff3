/**
 * The numbers that a NumPy array may hold, by NumPy's type strings such as `<f4` (numpy.lib.format).
 *
 * @module
 */

/** A kind of number. */
export interface NpyType {
  /** NumPy's name, for instance float32. */
  readonly name: string;
  /** Bytes of one number. */
  readonly size: number;
  readonly littleEndian: boolean;
  /** Whether every value is a float32 as it stands. */
  readonly fitsFloat32: boolean;
  /** Whether NaN and infinities exist. */
  readonly isFloat: boolean;
  read(view: DataView, offset: number, littleEndian: boolean): number;
}

type Kind = Omit<NpyType, "littleEndian">;

const KINDS: Readonly<Record<string, Kind>> = {
  b1: kind("bool", 1, true, false, (view, at) => Number(view.getUint8(at) !== 0)),
  i1: kind("int8", 1, true, false, (view, at) => view.getInt8(at)),
  u1: kind("uint8", 1, true, false, (view, at) => view.getUint8(at)),
  i2: kind("int16", 2, true, false, (view, at, little) => view.getInt16(at, little)),
  u2: kind("uint16", 2, true, false, (view, at, little) => view.getUint16(at, little)),
  i4: kind("int32", 4, false, false, (view, at, little) => view.getInt32(at, little)),
  u4: kind("uint32", 4, false, false, (view, at, little) => view.getUint32(at, little)),
  i8: kind("int64", 8, false, false, (view, at, little) => Number(view.getBigInt64(at, little))),
  u8: kind("uint64", 8, false, false, (view, at, little) => Number(view.getBigUint64(at, little))),
  f2: kind("float16", 2, true, true, (view, at, little) => view.getFloat16(at, little)),
  f4: kind("float32", 4, true, true, (view, at, little) => view.getFloat32(at, little)),
  f8: kind("float64", 8, false, true, (view, at, little) => view.getFloat64(at, little)),
};

/** Names of the kinds that are read, for errors. */
export const NPY_TYPE_NAMES = Object.values(KINDS).map(({ name }) => name).join(", ");

/** The kind of number, or undefined when it is none that can be a coordinate. */
export function npyType(descr: string): NpyType | undefined {
  const [, order, code] = /^([<>|=]?)([a-z]\d)$/.exec(descr) ?? [];
  const found = code === undefined ? undefined : KINDS[code];
  return found && { ...found, littleEndian: order !== ">" };
}

function kind(
  name: string,
  size: number,
  fitsFloat32: boolean,
  isFloat: boolean,
  read: Kind["read"],
): Kind {
  return { name, size, fitsFloat32, isFloat, read };
}
