/**
 * The points of a NumPy array: the first axis counts points, all others are flattened to features.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import type { ByteRange } from "./byte_range.ts";
import { type NpyHeader, readNpyHeader } from "./npy_header.ts";
import type { NpyType } from "./npy_type.ts";
import { type PointBlock, type PointsFile, rowsPerBlock } from "./points_file.ts";

/**
 * @param bytes The file; closed when the points are disposed of, or when this throws.
 * @param format What the file is called in `format`.
 * @throws {RunError} When it is no array of numbers, or its length is not what the header says.
 */
export function npyPoints(bytes: ByteRange, format = "npy"): PointsFile {
  try {
    const header = readNpyHeader(bytes);
    const [points, ...rest] = header.shape as [number, ...number[]];
    const features = rest.reduce((product, size) => product * size, 1);
    return {
      name: bytes.name,
      points,
      features,
      format: `${format}, ${header.type.name}`,
      fitsFloat32: header.type.fitsFloat32,
      blocks: () => blocks(bytes, header, points, features),
      [Symbol.dispose]: () => bytes[Symbol.dispose](),
    };
  } catch (error) {
    bytes[Symbol.dispose]();
    throw error;
  }
}

function* blocks(
  bytes: ByteRange,
  header: NpyHeader,
  points: number,
  features: number,
): Generator<PointBlock> {
  const step = rowsPerBlock(features);
  const { type, dataOffset, fortranOrder } = header;
  for (let firstRow = 0; firstRow < points; firstRow += step) {
    const rows = Math.min(step, points - firstRow);
    const values = new Float64Array(rows * features);
    const read = (row: number, feature: number, count: number, stride: number) => {
      const first = fortranOrder ? feature * points + row : row * features + feature;
      const raw = bytes.read(dataOffset + first * type.size, new Uint8Array(count * type.size));
      const view = new DataView(raw.buffer);
      for (let i = 0, at = (row - firstRow) * features + feature; i < count; i++, at += stride) {
        values[at] = type.read(view, i * type.size, type.littleEndian);
      }
    };
    if (fortranOrder) {
      for (let feature = 0; feature < features; feature++) read(firstRow, feature, rows, features);
    } else {
      read(firstRow, 0, rows * features, 1);
    }
    requireExact(values, type, firstRow, features, bytes.name);
    yield { firstRow, values };
  }
}

function requireExact(
  values: Float64Array,
  { exactUpTo }: NpyType,
  firstRow: number,
  features: number,
  name: string,
): void {
  if (exactUpTo === undefined) return;
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (Math.abs(value) <= exactUpTo) continue;
    const wanted = Number.isFinite(value) ? `at most ${exactUpTo} in size` : "a finite number";
    throw new RunError(
      `${name}: row ${firstRow + Math.floor(at / features)}, column ${at % features} ` +
        `(counted from 0): found ${value}, wanted ${wanted}`,
    );
  }
}
