/**
 * Opening a file of points, whichever of the known kinds it is.
 *
 * @module
 */
import { UsageError } from "../base/mod.ts";
import { ByteRange } from "./byte_range.ts";
import { npyPoints } from "./npy_points.ts";
import { type NpzOptions, npzPoints } from "./npz_points.ts";
import type { PointsFile } from "./points_file.ts";
import { textPoints } from "./text_points.ts";

/**
 * Opens `.npy` (a NumPy array), `.npz` (an archive of arrays), or else a table of numbers as text. The
 * kind is told by the first bytes, not by the name.
 *
 * @throws {UsageError} When an array is named and the file is no archive, or the archive lacks it.
 * @throws {RunError} When the file is missing or broken.
 */
export async function openPoints(path: string, options: NpzOptions): Promise<PointsFile> {
  const bytes = ByteRange.open(path);
  const start = bytes.read(0, new Uint8Array(Math.min(6, bytes.length)));
  const magic = String.fromCharCode(...start);
  if (magic.startsWith("PK")) return await npzPoints(bytes, options);
  if (options.array !== undefined) {
    bytes[Symbol.dispose]();
    throw new UsageError(`--array: ${path} is no .npz archive, wanted one`);
  }
  return magic.startsWith("\x93NUMPY") || path.endsWith(".npy")
    ? npyPoints(bytes)
    : textPoints(bytes);
}
