/**
 * Files that are either whole or absent.
 *
 * @module
 */
import { dirname } from "node:path";
import { messageOf, RunError } from "./errors.ts";

/** The part of an open file that writing needs. */
export interface NewFile {
  write(bytes: Uint8Array): Promise<number>;
  sync(): Promise<void>;
  close(): void;
}

/** Creates a file that must not exist yet. */
export type CreateFile = (path: string) => Promise<NewFile>;

/** Creates a file on the disk. */
export const createFile: CreateFile = (path) => Deno.open(path, { createNew: true, write: true });

/** How a file is written. */
export interface AtomicWriteOptions {
  /** Where the temporary file goes: on the volume of the target. Default: beside the target. */
  readonly temporaryFolder?: string;
  readonly create?: CreateFile;
}

/**
 * Writes to a temporary file, flushes it to the disk, and renames it into place.
 *
 * @throws {RunError} Naming the file, for instance when the disk is full; the temporary is removed and
 * what the file held before stays.
 */
export async function writeAtomically(
  path: string,
  bytes: Uint8Array,
  { temporaryFolder = dirname(path), create = createFile }: AtomicWriteOptions = {},
): Promise<void> {
  const temporary = `${temporaryFolder}/${Deno.pid}-${crypto.randomUUID()}.tmp`;
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    const file = await create(temporary);
    try {
      for (let at = 0; at < bytes.length;) {
        const written = await file.write(bytes.subarray(at));
        if (written === 0) throw new Error(`nothing taken after ${at} of ${bytes.length} bytes`);
        at += written;
      }
      await file.sync();
    } finally {
      file.close();
    }
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw new RunError(`${path}: cannot be written: ${messageOf(error)}`);
  }
  await syncFolder(dirname(path));
}

/** Makes a rename survive a power cut, where the system can open folders. */
async function syncFolder(folder: string): Promise<void> {
  try {
    using handle = await Deno.open(folder);
    await handle.sync();
  } catch {
    // Windows cannot. The file itself is whole; at worst the old one reappears.
  }
}
