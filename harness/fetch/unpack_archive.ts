/**
 * From an archive to the folder that a data set reads.
 *
 * @module
 */
import { basename, dirname } from "node:path";
import { messageOf, type Progress, RunError, sha256 } from "../base/mod.ts";
import { archiveEntries, type ArchiveFile, type ArchiveLimits } from "./archive_entries.ts";
import { writeRecord } from "./folder_record.ts";

/** Which files of an archive make a folder. */
export interface Unpacking {
  /** Folder at the top of the archive. */
  readonly root: string;
  readonly limits: ArchiveLimits;
  /**
   * The paths to keep, all of them below `root`.
   *
   * @throws {RunError} When something is missing.
   */
  readonly select: (paths: readonly string[]) => ReadonlySet<string>;
  /** Text of further files by their paths. */
  readonly added: ReadonlyMap<string, string>;
  /** Everything that decides the folder's content, as JSON. */
  readonly recipe: unknown;
}

/** Where progress goes and what stops the work. */
export interface UnpackContext {
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/**
 * Reads the archive twice: once to check every entry and to choose, once to write the chosen files.
 * They are written to a temporary folder that gets its name when it is complete, so that an
 * interrupted run leaves nothing that looks finished.
 *
 * @param folder Becomes the chosen and the further files; an older one is replaced.
 * @throws {RunError} When the archive is broken, unsafe or not the expected one.
 */
export async function unpackArchive(
  archive: string,
  unpacking: Unpacking,
  folder: string,
  context: UnpackContext,
): Promise<void> {
  const paths: string[] = [];
  for await (const { path } of filesIn(archive, unpacking, "reading", context)) paths.push(path);
  const selection = unpacking.select(paths);
  const temporary = `${folder}.unpacking`;
  await removeFolder(temporary);
  try {
    await writeFiles(archive, unpacking, selection, temporary, context);
    await replaceFolder(temporary, folder);
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof RunError) throw error;
    throw new RunError(`${folder}: cannot be written: ${messageOf(error)}`);
  } finally {
    await removeFolder(temporary);
  }
}

async function writeFiles(
  archive: string,
  unpacking: Unpacking,
  selection: ReadonlySet<string>,
  folder: string,
  context: UnpackContext,
): Promise<void> {
  const digests = new Map<string, string>();
  const write = async (path: string, bytes: Uint8Array) => {
    await Deno.mkdir(dirname(`${folder}/${path}`), { recursive: true });
    await Deno.writeFile(`${folder}/${path}`, bytes, { createNew: true });
    digests.set(path, sha256(bytes));
  };
  for await (const file of filesIn(archive, unpacking, "unpacking", context)) {
    if (selection.has(file.path)) await write(file.path, await file.read());
  }
  for (const [path, text] of unpacking.added) await write(path, new TextEncoder().encode(text));
  await writeRecord(folder, unpacking.recipe, digests);
}

/** The files below the archive's top folder, with paths from there. */
async function* filesIn(
  archive: string,
  { root, limits }: Unpacking,
  act: string,
  { progress, signal }: UnpackContext,
): AsyncGenerator<ArchiveFile> {
  const { size } = await Deno.stat(archive);
  const task = progress.begin(`${act} ${basename(archive)}`, size, "bytes");
  try {
    for await (const file of archiveEntries(archive, limits, signal, task)) {
      if (file.path.startsWith(`${root}/`)) {
        yield { ...file, path: file.path.slice(root.length + 1) };
      }
    }
  } finally {
    task.finish();
  }
}

async function replaceFolder(temporary: string, folder: string): Promise<void> {
  const old = `${folder}.old`;
  await removeFolder(old);
  await Deno.rename(folder, old).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await Deno.rename(temporary, folder);
  await removeFolder(old);
}

async function removeFolder(folder: string): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}
