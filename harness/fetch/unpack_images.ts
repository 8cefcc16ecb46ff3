/**
 * From the archive of Imagenette to the folder that the data set reads.
 *
 * @module
 */
import { basename, dirname } from "node:path";
import type { ImagenettePin } from "../../datasets/downloads.ts";
import { messageOf, type Progress, RunError, sha256 } from "../base/mod.ts";
import { archiveEntries, type ArchiveFile } from "./archive_entries.ts";
import { writeRecord } from "./image_folder_record.ts";
import { type ImageSelection, selectImages } from "./select_images.ts";

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
 * @param folder Becomes `train/<wnid>/`, `val/<wnid>/`, `classes.json`; an older one is replaced.
 * @throws {RunError} When the archive is broken, unsafe or not the expected one.
 */
export async function unpackImages(
  archive: string,
  pin: ImagenettePin,
  folder: string,
  context: UnpackContext,
): Promise<void> {
  const paths: string[] = [];
  for await (const { path } of imagesIn(archive, pin, "reading", context)) paths.push(path);
  const selection = selectImages(paths, pin);
  const temporary = `${folder}.unpacking`;
  await removeFolder(temporary);
  try {
    await writeImages(archive, pin, selection, temporary, context);
    await replaceFolder(temporary, folder);
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof RunError) throw error;
    throw new RunError(`${folder}: cannot be written: ${messageOf(error)}`);
  } finally {
    await removeFolder(temporary);
  }
}

async function writeImages(
  archive: string,
  pin: ImagenettePin,
  selection: ImageSelection,
  folder: string,
  context: UnpackContext,
): Promise<void> {
  const digests = new Map<string, string>();
  const write = async (path: string, bytes: Uint8Array) => {
    await Deno.mkdir(dirname(`${folder}/${path}`), { recursive: true });
    await Deno.writeFile(`${folder}/${path}`, bytes, { createNew: true });
    digests.set(path, sha256(bytes));
  };
  for await (const file of imagesIn(archive, pin, "unpacking", context)) {
    if (selection.has(file.path)) await write(file.path, await file.read());
  }
  const classes = `${JSON.stringify(pin.classes, null, 2)}\n`;
  await write("classes.json", new TextEncoder().encode(classes));
  await writeRecord(folder, pin, digests);
}

/** The files below the archive's top folder, with paths from there. */
async function* imagesIn(
  archive: string,
  { root, limits }: ImagenettePin,
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
