/**
 * Everything that one name stands for, into a data root.
 *
 * @module
 */
import { basename } from "node:path";
import {
  type Download,
  type Downloads,
  type NetworkPin,
  readDownloads,
} from "../../datasets/downloads.ts";
import { readModels } from "../../datasets/mod.ts";
import { didYouMean, formatBytes, type Progress, RunError, UsageError } from "../base/mod.ts";
import { archiveFolder } from "./archive_folder.ts";
import { DEFAULT_PATIENCE, type Patience, type Transfer } from "./download_file.ts";
import { fetchFolder } from "./fetch_folder.ts";
import { fetchNetwork, type FetchState } from "./fetch_network.ts";
import { lockFolder } from "./file_lock.ts";
import { imagenetteFolder } from "./imagenette_folder.ts";
import { StopError } from "./transfer_error.ts";

/** Where to and how. */
export interface FetchOptions {
  /** Folder that gets `models/` and `data/`. */
  readonly dataRoot: string;
  readonly progress: Progress;
  /** Stops everything; what has come so far is kept for the next run. */
  readonly signal: AbortSignal;
  /** Receives lines for people. */
  readonly log: (line: string) => void;
  /** The list of downloads; the program's own when absent. */
  readonly downloads?: Downloads;
  /** Only these networks, by their ids; all of them when absent. */
  readonly networks?: readonly string[] | undefined;
  readonly patience?: Patience;
}

/** What became of everything. */
export interface FetchSummary {
  readonly items: readonly { readonly name: string; readonly state: FetchState }[];
  /** Networks of the paper that no source has, and what to do about it. */
  readonly lacking: Download["lacking"];
}

/**
 * Fetches what `name` stands for: images first, then the networks. What fails does not keep the
 * rest from being fetched, except when the disk is full or the network is down.
 *
 * @throws {UsageError} When nothing has that name, or no network one of the ids.
 * @throws {RunError} Naming everything that could not be fetched.
 */
export async function fetchDownload(name: string, options: FetchOptions): Promise<FetchSummary> {
  const { dataRoot, progress, signal, log } = options;
  const downloads = options.downloads ?? readDownloads();
  const download = Object.hasOwn(downloads.downloads, name) ? downloads.downloads[name] : undefined;
  if (!download) {
    const names = Object.keys(downloads.downloads);
    throw new UsageError(
      `fetch: found "${name}", wanted one of ${names.join(", ")}${didYouMean(name, names)}`,
    );
  }
  const networks = chosenNetworks(download, options.networks);
  using _lock = await lockFolder(dataRoot);
  // A broken models.json must show before gigabytes have come.
  await readModels(dataRoot);
  const patience = options.patience ?? DEFAULT_PATIENCE;
  const transfer: Transfer = { hosts: downloads.hosts, patience, progress, signal, log };
  const folders = [
    ...(download.imagenette ? [imagenetteFolder(download.imagenette)] : []),
    ...download.archives.map(archiveFolder),
  ];
  const tasks: { name: string; run: () => Promise<FetchState> }[] = [
    ...folders.map((plan) => ({
      name: plan.id,
      run: () => fetchFolder(plan, downloads, dataRoot, transfer),
    })),
    ...networks.map((pin) => ({
      name: `${pin.id} (${basename(pin.path)})`,
      run: () => fetchNetwork(pin, downloads, dataRoot, transfer),
    })),
  ];

  const pins = [...folders.map(({ pin }) => pin), ...networks];
  const bytes = pins.reduce((sum, pin) => sum + pin.bytes, 0);
  log(`${name}: ${tasks.length} downloads, ${formatBytes(bytes)} in all`);

  const items: { name: string; state: FetchState }[] = [];
  const failures: string[] = [];
  for (const { name, run } of tasks) {
    try {
      const state = await run();
      items.push({ name, state });
      log(`${name}: ${state}`);
    } catch (error) {
      if (!(error instanceof RunError) || error instanceof StopError) throw error;
      failures.push(error.message);
    }
  }
  if (failures.length > 0) {
    throw new RunError(
      `fetch ${name}: ${failures.length} of ${tasks.length} failed: ${failures.join("; ")}`,
    );
  }
  return { items, lacking: download.lacking };
}

function chosenNetworks(download: Download, ids: readonly string[] | undefined): NetworkPin[] {
  const known = download.networks.map(({ id }) => id);
  for (const id of ids ?? []) {
    if (known.includes(id)) continue;
    const lacking = download.lacking.find((network) => network.id === id)?.why;
    const wanted = known.length > 0 ? `one of ${known.join(", ")}` : "none, there are only images";
    const why = lacking ?? `wanted ${wanted}${didYouMean(id, known)}`;
    throw new UsageError(`fetch: network "${id}": ${why}`);
  }
  return download.networks.filter(({ id }) => ids?.includes(id) ?? true);
}
