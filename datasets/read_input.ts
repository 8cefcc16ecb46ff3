/**
 * Reading a user's files, their size checked before memory is taken for them.
 *
 * @module
 */
import { messageOf, RunError } from "../harness/base/mod.ts";

/**
 * The content of a file.
 *
 * @param absent What to say when there is no such file.
 * @throws {RunError} Naming the file, when it is absent, too large or cannot be read.
 */
export async function readInput(
  path: string,
  mostBytes: number,
  absent = "no such file",
): Promise<Uint8Array> {
  const bytes = await readIfThere(path, mostBytes);
  if (!bytes) throw new RunError(`${path}: ${absent}`);
  return bytes;
}

/**
 * The content of a file; undefined when there is none.
 *
 * @throws {RunError} Naming the file, when it is too large or cannot be read.
 */
export async function readIfThere(
  path: string,
  mostBytes: number,
): Promise<Uint8Array | undefined> {
  try {
    const { size } = await Deno.stat(path);
    if (size > mostBytes) {
      throw new RunError(`${path}: ${size} bytes, wanted at most ${mostBytes}`);
    }
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof RunError) throw error;
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw new RunError(`${path}: cannot be read: ${messageOf(error)}`);
  }
}
