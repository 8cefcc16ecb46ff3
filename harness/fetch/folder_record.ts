/**
 * What a fetched folder says about itself: `fetched.json` (which archive, which choice) and `SHA256SUMS`
 * (every file). Both together let a later run see that nothing is missing, damaged or added.
 *
 * @module
 */
import { z } from "zod";
import { canonicalJson, type ProgressTask, sha256 } from "../base/mod.ts";

const SUMS = "SHA256SUMS";
const RECORD = "fetched.json";

const recordSchema = z.strictObject({ made: z.unknown(), sums: z.string() });

/**
 * Describes a complete folder.
 *
 * @param recipe Everything that decides the folder's content.
 * @param digests SHA-256 of every file by its path in the folder.
 */
export async function writeRecord(
  folder: string,
  recipe: unknown,
  digests: ReadonlyMap<string, string>,
): Promise<void> {
  const lines = [...digests.keys()].sort().map((path) => `${digests.get(path)}  ${path}\n`);
  const sums = lines.join("");
  await Deno.writeTextFile(`${folder}/${SUMS}`, sums);
  const record = { made: recipe, sums: sha256(sums) };
  await Deno.writeTextFile(`${folder}/${RECORD}`, `${JSON.stringify(record, null, 1)}\n`);
}

/** Whether `fetch` made the folder; undefined when there is no folder. */
export async function isFetched(folder: string): Promise<boolean | undefined> {
  if (!await exists(folder)) return undefined;
  return await exists(`${folder}/${RECORD}`);
}

/** What is wrong with a fetched folder, or undefined when every file is as it was written. */
export async function folderDifference(
  folder: string,
  recipe: unknown,
  signal: AbortSignal,
  begin: (files: number) => ProgressTask,
): Promise<string | undefined> {
  const sums = await Deno.readTextFile(`${folder}/${SUMS}`).catch(() => "");
  const record = await readRecord(folder);
  if (record?.sums !== sha256(sums)) return `${SUMS} or ${RECORD} is damaged`;
  if (canonicalJson(record.made) !== canonicalJson(recipe)) {
    return "it was made from another archive or by another choice";
  }
  const digests = new Map(
    sums.trimEnd().split("\n").map((line): [string, string] => [line.slice(66), line.slice(0, 64)]),
  );
  for await (const path of filesIn(folder, "")) {
    if (path !== SUMS && path !== RECORD && !digests.has(path)) return `${path} was added`;
  }
  const task = begin(digests.size);
  try {
    for (const [path, digest] of digests) {
      signal.throwIfAborted();
      const bytes = await Deno.readFile(`${folder}/${path}`).catch(() => undefined);
      if (!bytes) return `${path} is missing`;
      if (sha256(bytes) !== digest) return `${path} is damaged`;
      task.advance(1);
    }
  } finally {
    task.finish();
  }
  return undefined;
}

async function readRecord(folder: string) {
  try {
    return recordSchema.parse(JSON.parse(await Deno.readTextFile(`${folder}/${RECORD}`)));
  } catch {
    return undefined;
  }
}

async function* filesIn(root: string, folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(`${root}/${folder}`)) {
    if (isDirectory) yield* filesIn(root, `${folder}${name}/`);
    else yield `${folder}${name}`;
  }
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
