/**
 * Folders of small files for tests.
 *
 * @module
 */
import assert from "node:assert/strict";
import { encode } from "fast-png";
import { RunError } from "../../harness/base/mod.ts";

/** A picture of one grey pixel. */
export function png(grey: number): Uint8Array {
  return encode({ width: 1, height: 1, channels: 1, depth: 8, data: new Uint8Array([grey]) });
}

/** Runs the body with a folder of these files, by their paths in it, and removes it. */
export async function inFolder(
  files: Record<string, Uint8Array | string>,
  body: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = `${folder}/${name}`;
      await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
      if (typeof content === "string") await Deno.writeTextFile(path, content);
      else await Deno.writeFile(path, content);
    }
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Asserts that it ends in a RunError with such a message. */
export function assertRefused(run: () => Promise<unknown>, message: RegExp): Promise<void> {
  return assert.rejects(run, (error) => {
    assert.ok(error instanceof RunError, String(error));
    assert.match(error.message, message);
    return true;
  });
}
