/**
 * One folder of data: an archive, unpacked into `data/<id>/`.
 *
 * @module
 */
import { basename } from "node:path";
import { type Downloads, urlsOf } from "../../datasets/downloads.ts";
import { downloadFile, type Transfer } from "./download_file.ts";
import type { FetchState } from "./fetch_network.ts";
import { folderDifference, isFetched } from "./folder_record.ts";
import type { Pin } from "./pinned_digest.ts";
import { unpackArchive, type Unpacking } from "./unpack_archive.ts";

/** An archive, and the folder that it becomes. */
export interface FolderPlan extends Unpacking {
  /** Name of the folder in `data/`. */
  readonly id: string;
  readonly pin: Pin & { readonly source: string; readonly path: string };
  /** What a user should know about the data. */
  readonly remarks: readonly string[];
}

/**
 * Downloads and unpacks an archive unless its folder is there, every file checked. A folder that this
 * command did not make is the user's own and stays. The archive is deleted at the end.
 *
 * @throws {RunError} When the archive cannot be had or unpacked.
 */
export async function fetchFolder(
  plan: FolderPlan,
  downloads: Downloads,
  dataRoot: string,
  transfer: Transfer,
): Promise<FetchState> {
  const { id, pin, remarks, recipe } = plan;
  const { progress, signal, log } = transfer;
  const folder = `${dataRoot}/data/${id}`;
  const fetched = await isFetched(folder);
  if (fetched === false) {
    log(`${folder}: was not made by this command, left as it is`);
    return "kept";
  }
  if (fetched) {
    const begin = (files: number) => progress.begin(`checking ${id}`, files, "items");
    const difference = await folderDifference(folder, recipe, signal, begin);
    if (difference === undefined) return "present";
    log(`${folder}: ${difference}; fetching it again`);
  }
  const archive = `${dataRoot}/data/${basename(pin.path)}`;
  await downloadFile(archive, pin, urlsOf(downloads, pin), transfer);
  remarks.forEach(log);
  await unpackArchive(archive, plan, folder, { progress, signal });
  await Deno.remove(archive);
  return "fetched";
}
