/**
 * Which files of a folder belong to the site, so that no other is ever touched.
 *
 * @module
 */
import { z } from "zod";
import { messageOf, RunError } from "../base/mod.ts";
import { parseJson } from "../spec/mod.ts";

/** Its name in the folder of the site. */
export const MANIFEST = "manifest.json";

/** Version of its layout. */
const VERSION = 1;

/** Parts of plain characters, none of which leads out of the folder. */
const PATH = /^[0-9a-z]+([._-]+[0-9a-z]+)*(\/[0-9a-z]+([._-]+[0-9a-z]+)*)*$/;

const schema = z.strictObject({
  site: z.literal("published results"),
  version: z.literal(VERSION),
  files: z.record(z.string().regex(PATH), z.string().regex(/^[0-9a-f]{64}$/)),
});

/** SHA-256 of each file, by its path. */
export type SiteDigests = ReadonlyMap<string, string>;

/**
 * What an earlier writing left; empty where there is nothing yet.
 *
 * @throws {RunError} When the file is not a manifest.
 */
export async function readManifest(folder: string): Promise<SiteDigests> {
  const file = `${folder}/${MANIFEST}`;
  let text: string;
  try {
    text = await Deno.readTextFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return new Map();
    throw error;
  }
  try {
    return new Map(Object.entries(parseJson(schema, text, file).files));
  } catch (error) {
    throw new RunError(
      `${messageOf(error).split("\n")[0]}; what belongs to the site cannot be told from it`,
    );
  }
}

/** Its text; the same files give the same bytes. */
export function manifestText(digests: SiteDigests): string {
  const files = Object.fromEntries([...digests].sort(([a], [b]) => a < b ? -1 : 1));
  return JSON.stringify({ site: "published results", version: VERSION, files }, null, 1) + "\n";
}

/** @throws {TypeError} When a path could leave the folder. */
export function requirePlainPath(path: string): void {
  if (!PATH.test(path) || path === MANIFEST) {
    throw new TypeError(`Cannot write "${path}" into a site: not a plain path`);
  }
}
