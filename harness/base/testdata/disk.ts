/**
 * Folders and full disks for tests.
 *
 * @module
 */
import { type CreateFile, createFile } from "../atomic_write.ts";

/** Runs a test in a folder that is deleted afterwards. */
export async function inTemporaryFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Names in a folder, sorted. */
export function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

/** A disk with room for so many bytes. */
export function diskOf(room: number): CreateFile {
  return async (path) => {
    const file = await createFile(path);
    return {
      async write(bytes) {
        if (room === 0) throw new Error("No space left on device (os error 28)");
        const written = await file.write(bytes.subarray(0, room));
        room -= written;
        return written;
      },
      sync: () => file.sync(),
      close: () => file.close(),
    };
  };
}
