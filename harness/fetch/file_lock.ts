/**
 * One fetch at a time in a data root.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";

/**
 * Holds the lock of a folder until disposed of; the system releases it when the process dies.
 *
 * @throws {RunError} When another process holds it.
 */
export async function lockFolder(folder: string): Promise<Disposable> {
  await Deno.mkdir(folder, { recursive: true });
  const file = await Deno.open(`${folder}/.fetch.lock`, { create: true, write: true });
  if (await file.tryLock(true)) return file;
  file.close();
  throw new RunError(`${folder}: another fetch is writing to this folder`);
}
