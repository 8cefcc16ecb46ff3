/** Largest file that is read, in bytes. */
const LARGEST = 16 * 2 ** 20;

/**
 * Text of a small file; undefined when it is absent, too large, no file, or reading is not permitted.
 * Never asks for permission.
 */
export async function readIfPermitted(path: string): Promise<string | undefined> {
  const { state } = await Deno.permissions.query({ name: "read", path });
  if (state !== "granted") return undefined;
  try {
    const { isFile, size } = await Deno.stat(path);
    return isFile && size <= LARGEST ? await Deno.readTextFile(path) : undefined;
  } catch {
    return undefined;
  }
}
