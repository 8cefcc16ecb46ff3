/**
 * Writes a live page that stands alone.
 *
 * @module
 */
import { dirname } from "node:path";
import type { LiveModel } from "./live_model.ts";
import { livePageFiles } from "./live_page_files.ts";
import { liveRuntimeFiles } from "./live_runtime_files.ts";

/** Folder of the files that do not depend on the network. */
const RUNTIME = "runtime/";

/**
 * Writes `index.html` and what it loads into a folder; it can be opened from there.
 *
 * @throws {RunError} As `livePageFiles`.
 */
export async function writeLivePage(model: LiveModel, folder: string): Promise<void> {
  for (const { path, bytes } of livePageFiles(model, RUNTIME)) await write(path, bytes);
  for (const { path, bytes } of liveRuntimeFiles()) await write(`${RUNTIME}${path}`, bytes);

  async function write(path: string, bytes: Uint8Array): Promise<void> {
    await Deno.mkdir(dirname(`${folder}/${path}`), { recursive: true });
    await Deno.writeFile(`${folder}/${path}`, bytes);
  }
}
