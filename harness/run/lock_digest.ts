import { fileURLToPath } from "node:url";
import { sha256 } from "../base/mod.ts";
import { readIfPermitted } from "./read_if_permitted.ts";

/**
 * SHA-256 of the file `deno.lock` that pins every package; undefined when it cannot be read. Never asks
 * for permission.
 */
export async function lockDigest(
  file: URL = new URL("../../deno.lock", import.meta.url),
): Promise<string | undefined> {
  const text = await readIfPermitted(fileURLToPath(file));
  return text === undefined ? undefined : sha256(text);
}
