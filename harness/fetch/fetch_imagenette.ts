/**
 * The photographs: the archive of Imagenette into `data/imagenette/`.
 *
 * @module
 */
import { basename } from "node:path";
import { type Downloads, type ImagenettePin, urlsOf } from "../../datasets/downloads.ts";
import { downloadFile, type Transfer } from "./download_file.ts";
import type { FetchState } from "./fetch_network.ts";
import { folderDifference, isFetched } from "./image_folder_record.ts";
import { unpackImages } from "./unpack_images.ts";

/**
 * Downloads and unpacks the photographs unless they are there, every file checked. A folder that this
 * command did not make is the user's own and stays. The archive is deleted at the end.
 *
 * @throws {RunError} When the archive cannot be had or unpacked.
 */
export async function fetchImagenette(
  pin: ImagenettePin,
  downloads: Downloads,
  dataRoot: string,
  transfer: Transfer,
): Promise<FetchState> {
  const { progress, signal, log } = transfer;
  const folder = `${dataRoot}/data/imagenette`;
  const fetched = await isFetched(folder);
  if (fetched === false) {
    log(`${folder}: was not made by this command, left as it is`);
    return "kept";
  }
  if (fetched) {
    const begin = (files: number) => progress.begin("checking imagenette", files, "items");
    const difference = await folderDifference(folder, pin, signal, begin);
    if (difference === undefined) return "present";
    log(`${folder}: ${difference}; fetching it again`);
  }
  const archive = `${dataRoot}/data/${basename(pin.path)}`;
  await downloadFile(archive, pin, urlsOf(downloads, pin), transfer);
  log(pin.choice);
  log(pin.terms);
  await unpackImages(archive, pin, folder, { progress, signal });
  await Deno.remove(archive);
  return "fetched";
}
