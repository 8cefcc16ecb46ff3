/**
 * The points of one array of a NumPy archive.
 *
 * @module
 */
import { didYouMean, RunError, UsageError } from "../base/mod.ts";
import type { ByteRange } from "./byte_range.ts";
import { npyPoints } from "./npy_points.ts";
import type { PointsFile } from "./points_file.ts";
import { zipEntries, type ZipEntry } from "./zip_directory.ts";
import { openZipMember } from "./zip_member.ts";

/** Where and how an archive's array is read. */
export interface NpzOptions {
  /** Name of the array; may be left out when there is one only. */
  readonly array: string | undefined;
  /** Where an array that is compressed is inflated to. */
  readonly temporaryFolder: string;
  readonly signal: AbortSignal;
}

/**
 * @param archive The file; closed when the points are disposed of, or when this throws.
 * @throws {UsageError} When the array's name is missing or unknown.
 * @throws {RunError} When the archive or the array is broken.
 */
export async function npzPoints(
  archive: ByteRange,
  { array, temporaryFolder, signal }: NpzOptions,
): Promise<PointsFile> {
  try {
    const entry = choose(archive.name, zipEntries(archive), array);
    const points = npyPoints(await openZipMember(archive, entry, temporaryFolder, signal), "npz");
    return {
      ...points,
      [Symbol.dispose]() {
        points[Symbol.dispose]();
        archive[Symbol.dispose]();
      },
    };
  } catch (error) {
    archive[Symbol.dispose]();
    throw error;
  }
}

function choose(file: string, entries: readonly ZipEntry[], array: string | undefined): ZipEntry {
  const arrays = new Map(
    entries.filter(({ name }) => name.endsWith(".npy"))
      .map((entry) => [entry.name.slice(0, -".npy".length), entry]),
  );
  const names = [...arrays.keys()];
  if (names.length === 0) {
    throw new RunError(`${file}: ${entries.length} members, none of them an array (.npy)`);
  }
  const wanted = array?.replace(/\.npy$/, "") ?? (names.length === 1 ? names[0]! : undefined);
  if (wanted === undefined) {
    throw new UsageError(`${file}: holds ${names.join(", ")}; choose one with --array NAME`);
  }
  const entry = arrays.get(wanted);
  if (!entry) {
    throw new UsageError(
      `--array: ${file} has no array "${wanted}"${didYouMean(wanted, names)}; it has ` +
        names.join(", "),
    );
  }
  return entry;
}
