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
  /** Size up to which values are exact in float64; undefined when all of them are. */
  readonly exactUpTo: number | undefined;
  read(view: DataView, offset: number, littleEndian: boolean): number;
}

/** The largest integer that float64 holds together with its neighbours. */
const LARGEST_INTEGER = Number.MAX_SAFE_INTEGER;

/** NaN and infinities are not up to it. */
const LARGEST_FLOAT = Number.MAX_VALUE;

type Kind = Omit<NpyType, "littleEndian">;

const KINDS: Readonly<Record<string, Kind>> = {
  b1: kind("bool", 1, true, undefined, (view, at) => Number(view.getUint8(at) !== 0)),
  i1: kind("int8", 1, true, undefined, (view, at) => view.getInt8(at)),
  u1: kind("uint8", 1, true, undefined, (view, at) => view.getUint8(at)),
  i2: kind("int16", 2, true, undefined, (view, at, little) => view.getInt16(at, little)),
  u2: kind("uint16", 2, true, undefined, (view, at, little) => view.getUint16(at, little)),
  i4: kind("int32", 4, false, undefined, (view, at, little) => view.getInt32(at, little)),
  u4: kind("uint32", 4, false, undefined, (view, at, little) => view.getUint32(at, little)),
  i8: kind(
    "int64",
    8,
    false,
    LARGEST_INTEGER,
    (view, at, little) => Number(view.getBigInt64(at, little)),
  ),
  u8: kind(
    "uint64",
    8,
    false,
    LARGEST_INTEGER,
    (view, at, little) => Number(view.getBigUint64(at, little)),
  ),
  f2: kind("float16", 2, true, LARGEST_FLOAT, (view, at, little) => view.getFloat16(at, little)),
  f4: kind("float32", 4, true, LARGEST_FLOAT, (view, at, little) => view.getFloat32(at, little)),
  f8: kind("float64", 8, false, LARGEST_FLOAT, (view, at, little) => view.getFloat64(at, little)),
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
  exactUpTo: number | undefined,
  read: Kind["read"],
): Kind {
  return { name, size, fitsFloat32, exactUpTo, read };
}
