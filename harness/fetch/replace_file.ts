/**
 * Replacing a small file as a whole.
 *
 * @module
 */
import { messageOf, RunError } from "../base/mod.ts";

/**
 * Writes beside, flushes to the disk and renames into place. A file with the same text stays.
 *
 * @throws {RunError} Naming the file.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.tmp`;
  try {
    if (await Deno.readTextFile(path).catch(() => undefined) === text) return;
    const bytes = new TextEncoder().encode(text);
    const file = await Deno.open(temporary, { create: true, truncate: true, write: true });
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
