/**
 * Finds and reads the results that are to be published.
 *
 * @module
 */
import { messageOf, RunError, sha256 } from "../base/mod.ts";
import {
  readContent,
  RESULT_KINDS,
  type ResultKind,
  type RunContent,
  type StoredRun,
} from "../../reports/mod.ts";

/** Name of a result in a folder. */
const RESULT = "result.json";

/** Name of the lock file that may lie beside it. */
const LOCK = "deno.lock";

/** Folders deeper than this below a given one are not looked into. */
const DEEPEST = 6;

/** Results that one site can hold. */
const MOST_RESULTS = 5000;

/** Largest result and picture, in bytes. */
const MOST_BYTES = 64 * 2 ** 20;

/** Pictures are files of the folder `pictures`, by names that cannot leave it. */
const PICTURE = /^[0-9a-z]([0-9a-z_-]*[0-9a-z])?\.(png|jpg|svg|webp)$/;

/**
 * Every result in some places.
 *
 * @param places Results, and folders that hold a `result.json` at any depth.
 * @throws {RunError} When a place is missing or holds no result, or a result cannot be published.
 */
export async function readRuns(
  places: readonly string[],
  kinds: readonly ResultKind[] = RESULT_KINDS,
): Promise<StoredRun[]> {
  const files = (await Promise.all(places.map(resultsIn))).flat();
  if (files.length > MOST_RESULTS) {
    throw new RunError(`found ${files.length} results, wanted at most ${MOST_RESULTS}`);
  }
  const runs: StoredRun[] = [];
  for (const file of new Set(files)) runs.push(await readRun(file, kinds));
  return runs;
}

async function readRun(file: string, kinds: readonly ResultKind[]): Promise<StoredRun> {
  const bytes = await readBounded(file);
  const content = readContent(textOf(bytes, file), file, kinds);
  const pictures = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const name of content.pictures) {
    if (!PICTURE.test(name)) {
      throw new RunError(`${file}: found a picture "${name}", wanted a plain name such as a1.png`);
    }
    pictures.set(name, await readBounded(`${file.replace(/[^/\\]*$/, "")}pictures/${name}`));
  }
  const lock = await lockOf(file, content);
  return { file, bytes, content, pictures, ...lock && { lock } };
}

/** The lock file beside a result, where there is one and the result tells its digest. */
async function lockOf(file: string, { frame }: RunContent): Promise<StoredRun["lock"]> {
  const wanted = frame.environment.lockSha256;
  const path = file.replace(/[^/\\]*$/, LOCK);
  if (wanted === undefined || !await exists(path)) return undefined;
  const bytes = await readBounded(path);
  const found = sha256(bytes);
  if (found === wanted) return { sha256: found, bytes };
  throw new RunError(
    `${path}: found the digest ${found.slice(0, 12)}, wanted ${
      wanted.slice(0, 12)
    }, which the run ` +
      "beside it had; put the deno.lock of its commit there, or remove it",
  );
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function resultsIn(place: string): Promise<string[]> {
  const { isFile } = await statOf(place);
  if (isFile) return [place];
  const found: string[] = [];
  for await (const file of walk(place.replace(/[/\\]+$/, ""), 0)) found.push(file);
  if (found.length === 0) {
    throw new RunError(`${place}: found no ${RESULT} in it, wanted at least one`);
  }
  return found.sort();
}

async function* walk(folder: string, depth: number): AsyncGenerator<string> {
  for await (const { name, isDirectory, isFile } of Deno.readDir(folder)) {
    if (isFile && name === RESULT) yield `${folder}/${name}`;
    if (isDirectory && depth < DEEPEST) yield* walk(`${folder}/${name}`, depth + 1);
  }
}

async function readBounded(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const { size } = await statOf(file);
  if (size > MOST_BYTES) {
    throw new RunError(`${file}: found ${size} bytes, wanted at most ${MOST_BYTES}`);
  }
  return await Deno.readFile(file);
}

async function statOf(path: string): Promise<Deno.FileInfo> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new RunError(`${path}: no such file or folder`);
    }
    throw error;
  }
}

function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new RunError(`${file}: not UTF-8: ${messageOf(error)}`);
  }
}
