/**
 * Writes a site into a folder that may hold other files.
 *
 * @module
 */
import { dirname } from "node:path";
import { RunError, sha256, writeAtomically } from "../base/mod.ts";
import type { SiteFile } from "../../reports/mod.ts";
import {
  MANIFEST,
  manifestText,
  readManifest,
  requirePlainPath,
  type SiteDigests,
} from "./manifest.ts";

/** Where new files wait until all are there. */
const STAGING = ".staging";

/** Names in it. */
const STAGED = /^\d+\.part$/;

/** What a writing changed. */
export interface Written {
  readonly files: number;
  readonly bytes: number;
  readonly replaced: number;
  readonly removed: number;
}

/**
 * Replaces the site in a folder. Every new file is written before the first old one is replaced, and
 * only files that an earlier writing made are replaced or removed. A writing that is
 * killed leaves the old site, or a site whose next writing sets it right.
 *
 * @throws {RunError} When a file that is not of the site stands where one of the site should; nothing
 * is changed then.
 */
export async function writeSite(
  folder: string,
  files: Iterable<SiteFile>,
  signal?: AbortSignal,
): Promise<Written> {
  const before = await readManifest(folder);
  const staging = `${folder}/${STAGING}`;
  const after = new Map<string, string>();
  const staged = new Map<string, string>();
  let bytes = 0;
  try {
    for (const file of files) {
      signal?.throwIfAborted();
      requirePlainPath(file.path);
      const digest = sha256(file.bytes);
      bytes += file.bytes.length;
      after.set(file.path, digest);
      const there = await digestOf(`${folder}/${file.path}`);
      if (there === digest) continue;
      if (there !== undefined && !before.has(file.path)) throw foreign(folder, file.path);
      await requireOwnFolders(folder, file.path);
      staged.set(file.path, await stage(staging, staged.size, file));
    }
    await replace(folder, before, after, staged);
  } finally {
    await removeStaging(staging);
  }
  const gone = [...before.keys()].filter((path) => !after.has(path));
  return { files: after.size, bytes, replaced: staged.size, removed: gone.length };
}

/**
 * A file that waits. It is not flushed to the disk: should the power fail, the next writing compares
 * every file with its digest anyway.
 */
async function stage(staging: string, at: number, { bytes }: SiteFile): Promise<string> {
  const part = `${staging}/${at}.part`;
  await Deno.mkdir(staging, { recursive: true });
  await Deno.writeFile(part, bytes);
  return part;
}

/** Until the last line the manifest names old and new files, so that no file of the site is orphaned. */
async function replace(
  folder: string,
  before: SiteDigests,
  after: SiteDigests,
  staged: ReadonlyMap<string, string>,
): Promise<void> {
  await writeManifest(folder, new Map([...before, ...after]));
  for (const [path, part] of staged) {
    await Deno.mkdir(dirname(`${folder}/${path}`), { recursive: true });
    await Deno.rename(part, `${folder}/${path}`);
  }
  for (const path of before.keys()) {
    if (after.has(path)) continue;
    await ignoreMissing(Deno.remove(`${folder}/${path}`));
    await removeEmptyFolders(folder, path);
  }
  await writeManifest(folder, after);
}

function writeManifest(folder: string, digests: SiteDigests): Promise<void> {
  const bytes = new TextEncoder().encode(manifestText(digests));
  return writeAtomically(`${folder}/${MANIFEST}`, bytes);
}

/** Undefined where there is nothing. */
async function digestOf(path: string): Promise<string | undefined> {
  try {
    const { isFile } = await Deno.lstat(path);
    return isFile ? sha256(await Deno.readFile(path)) : "not a file";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    throw error;
  }
}

/** Folders on the way to a file must be folders: a link could lead anywhere. */
async function requireOwnFolders(folder: string, path: string): Promise<void> {
  const parts = path.split("/");
  for (let depth = 1; depth < parts.length; depth++) {
    const part = parts.slice(0, depth).join("/");
    try {
      const { isDirectory } = await Deno.lstat(`${folder}/${part}`);
      if (!isDirectory) throw foreign(folder, part);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return;
      throw error;
    }
  }
}

function foreign(folder: string, path: string): RunError {
  return new RunError(
    `${folder}/${path}: found something that ${MANIFEST} does not name, wanted to write a page there; ` +
      "move it, or publish elsewhere with --out",
  );
}

/** Folders that a removed file leaves empty, from the inside out. */
async function removeEmptyFolders(folder: string, path: string): Promise<void> {
  for (let part = dirname(path); part !== "."; part = dirname(part)) {
    try {
      await Deno.remove(`${folder}/${part}`);
    } catch {
      return; // Something else is in it, or it is gone.
    }
  }
}

/** Also what a killed writing left there; nothing else. */
async function removeStaging(staging: string): Promise<void> {
  try {
    for await (const { name, isFile } of Deno.readDir(staging)) {
      if (isFile && STAGED.test(name)) await Deno.remove(`${staging}/${name}`);
    }
    await Deno.remove(staging);
  } catch {
    // There was nothing to stage, or something else is in it.
  }
}

async function ignoreMissing(done: Promise<void>): Promise<void> {
  try {
    await done;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
