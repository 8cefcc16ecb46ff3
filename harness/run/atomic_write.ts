/**
 * Files that are either whole or absent.
 *
 * @module
 */
import { dirname } from "node:path";
import { messageOf, RunError } from "../base/mod.ts";

/**
 * Writes to a temporary file beside, flushes it to the disk, and renames it into place.
 *
 * @throws {RunError} Naming the file, for instance when the disk is full; the temporary is removed.
 */
export async function writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${Deno.pid}-${crypto.randomUUID()}.tmp`;
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    const file = await Deno.open(temporary, { createNew: true, write: true });
    try {
      for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
      await file.sync();
    } finally {
      file.close();
    }
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw new RunError(`${path}: cannot be written: ${messageOf(error)}`);
  }
}
