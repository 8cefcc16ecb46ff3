/**
 * The file that pins every package, `deno.lock`.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { sha256 } from "../base/mod.ts";
import { readIfPermitted } from "./read_if_permitted.ts";

const LOCK = new URL("../../deno.lock", import.meta.url);

/** Its text; undefined when it cannot be read. Never asks for permission. */
export function lockText(file: URL = LOCK): Promise<string | undefined> {
  return readIfPermitted(fileURLToPath(file));
}

/** SHA-256 of its text; undefined when it cannot be read. */
export async function lockDigest(file: URL = LOCK): Promise<string | undefined> {
  const text = await lockText(file);
  return text === undefined ? undefined : sha256(text);
}
