/**
 * The representation of n points at one layer: an n x d matrix of float32, cut along its columns into
 * slabs so that distances can be accumulated slab by slab, from memory or from a file.
 *
 * @module
 */
import type { SpareArrays } from "./spare_arrays.ts";

/** Columns of one slab: enough for the device to run at full speed, little enough to bound rounding. */
const WIDEST_SLAB = 8192;

/** Bytes that one slab of all points may take. */
const SLAB_BYTES = 64 * 2 ** 20;

/** An n x d float32 matrix that is written a few rows at a time and read slab by slab. */
export interface Features {
  readonly points: number;
  readonly features: number;
  /** Columns of every slab but the last, which may have fewer. */
  readonly slabWidth: number;
  readonly slabs: number;
  /** Columns of one slab. */
  width(slab: number): number;
  /**
   * Stores rows.
   *
   * @param firstRow Where they begin.
   * @param rows Row-major, a whole number of rows.
   */
  write(firstRow: number, rows: Float32Array<ArrayBuffer>): void;
  /**
   * A slab of some rows, [lastRow - firstRow, width], row-major. Not to be changed; valid until the
   * next two reads.
   */
  read(slab: number, firstRow: number, lastRow: number): Float32Array<ArrayBuffer>;
  /** Frees memory and removes the file, if any. */
  [Symbol.dispose](): void;
}

/** Where features are kept: slab after slab, each [n, width] row-major. */
interface Backing {
  write(offset: number, values: Float32Array<ArrayBuffer>): void;
  read(offset: number, length: number): Float32Array<ArrayBuffer>;
  dispose(): void;
}

/**
 * Features kept in memory: 4 n d bytes.
 *
 * @param spare Where the memory comes from and goes to; every row must then be written before it is read.
 */
export function featuresInMemory(points: number, features: number, spare?: SpareArrays): Features {
  let values = spare?.take(points * features) ?? new Float32Array(points * features);
  return cutIntoSlabs(points, features, {
    write: (offset, part) => values.set(part, offset),
    read: (offset, length) => values.subarray(offset, offset + length),
    dispose() {
      spare?.give(values);
      values = new Float32Array(0);
    },
  });
}

/**
 * Features kept in a file of 4 n d bytes that is removed when the features are disposed of.
 *
 * @param path A file that does not exist yet.
 */
export function featuresInFile(points: number, features: number, path: string): Features {
  const file = Deno.openSync(path, { createNew: true, read: true, write: true });
  const buffers = [new Float32Array(0), new Float32Array(0)];
  return cutIntoSlabs(points, features, {
    write(offset, part) {
      file.seekSync(4 * offset, Deno.SeekMode.Start);
      const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
      for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
    },
    read(offset, length) {
      const [older, newer] = buffers as [Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>];
      const buffer = older.length >= length ? older : new Float32Array(length);
      buffers[0] = newer;
      buffers[1] = buffer;
      const part = buffer.subarray(0, length);
      const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
      file.seekSync(4 * offset, Deno.SeekMode.Start);
      for (let at = 0; at < bytes.length;) {
        const got = file.readSync(bytes.subarray(at));
        if (got === null) throw new RangeError(`Cannot read features of ${path}: file ends early`);
        at += got;
      }
      return part;
    },
    dispose() {
      file.close();
      Deno.removeSync(path);
    },
  });
}

function cutIntoSlabs(points: number, features: number, backing: Backing): Features {
  const fitting = Math.max(1, Math.floor(SLAB_BYTES / (4 * points)));
  const slabWidth = Math.min(features, WIDEST_SLAB, Math.max(256, fitting));
  const slabs = Math.ceil(features / slabWidth);
  const width = (slab: number) => Math.min(slabWidth, features - slab * slabWidth);
  return {
    points,
    features,
    slabWidth,
    slabs,
    width,
    write(firstRow, rows) {
      const count = rows.length / features;
      for (let slab = 0; slab < slabs; slab++) {
        const w = width(slab);
        const slabStart = points * slab * slabWidth;
        for (let row = 0; row < count; row++) {
          const start = row * features + slab * slabWidth;
          backing.write(slabStart + (firstRow + row) * w, rows.subarray(start, start + w));
        }
      }
    },
    read(slab, firstRow, lastRow) {
      const w = width(slab);
      return backing.read(points * slab * slabWidth + firstRow * w, (lastRow - firstRow) * w);
    },
    [Symbol.dispose]: backing.dispose,
  };
}
