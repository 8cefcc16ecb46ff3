/**
 * One network: its file into `models/`, its entry into `models/models.json`.
 *
 * @module
 */
import { basename } from "node:path";
import { type Downloads, type NetworkPin, urlsOf } from "../../datasets/downloads.ts";
import { readModels } from "../../datasets/mod.ts";
import { readGraph } from "../graph/mod.ts";
import { downloadFile, type Transfer } from "./download_file.ts";
import { modelEntry } from "./model_entry.ts";
import { putModel } from "./models_json.ts";

/** What became of a thing to fetch. `kept`: something of the user's is in its place. */
export type FetchState = "fetched" | "present" | "kept";

/**
 * Downloads a network unless it is there. An entry with the same id that names another file is the
 * user's own and stays.
 *
 * @throws {RunError} When the file cannot be had or is no network of images.
 */
export async function fetchNetwork(
  pin: NetworkPin,
  downloads: Downloads,
  dataRoot: string,
  transfer: Transfer,
): Promise<FetchState> {
  const file = basename(pin.path);
  const listed = (await readModels(dataRoot)).find(({ id }) => id === pin.id);
  if (listed && listed.file !== file) {
    transfer.log(`models.json: "${pin.id}" is ${listed.file}, not ${file}: left as it is`);
    return "kept";
  }
  const path = `${dataRoot}/models/${file}`;
  const state = await downloadFile(path, pin, urlsOf(downloads, pin), transfer);
  if (listed?.sha256 !== pin.sha256) {
    const graph = readGraph(await Deno.readFile(path), path);
    const { repository } = downloads.sources[pin.source]!;
    await putModel(dataRoot, modelEntry(pin, graph, repository));
  }
  return state;
}
