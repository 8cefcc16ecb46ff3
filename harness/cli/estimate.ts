/**
 * `estimate`: every estimate for the points of a file, on the terminal or as JSON.
 *
 * @module
 */
import { RunError, silentProgress, UsageError, writeAtomically } from "../base/mod.ts";
import { chooseDevice } from "../device/mod.ts";
import {
  estimatePoints,
  INTERRUPTED,
  passes,
  type PointsEstimate,
  selfTest,
  Store,
  terminalProgress,
} from "../run/mod.ts";
import type { Options } from "./options.ts";
import { pointsTables } from "./points_tables.ts";
import { print } from "./print.ts";

const DEFAULT_SEED = 1;

/** Estimates the points of one file; writes `estimate.json` when `--out` is given. */
export async function estimate(options: Options, signal: AbortSignal): Promise<number> {
  const { array, samples, json, quiet, memory, out } = options;
  const file = oneFile(options.words);
  const { device, reason } = await chooseDevice(options.device, options.threads);
  if (!quiet) console.error(`device: ${device.kind} (${reason})`);
  if (!passes(await selfTest(device))) {
    throw new RunError(`device ${device.kind} fails its self-test: no estimate is trusted`);
  }
  const warn = (message: string) => console.error(`warning: ${message}`);
  using store = await Store.open(options.store, warn);
  let found: PointsEstimate;
  try {
    found = await estimatePoints({ file, array, samples, seed: options.seed ?? DEFAULT_SEED }, {
      device,
      memoryBytes: memory,
      temporaryFolder: store.temporaryFolder,
      progress: quiet ? silentProgress : terminalProgress(),
      signal,
      warn,
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    console.error("interrupted: nothing was kept");
    return INTERRUPTED;
  }
  const written = out === undefined ? undefined : await write(found, out);
  print(
    json,
    found,
    () => [pointsTables(found), ...written ? [`json: ${written}`] : []].join("\n"),
  );
  return 0;
}

function oneFile([, file, ...rest]: readonly string[]): string {
  if (file === undefined || rest.length > 0) {
    throw new UsageError("estimate: wanted one file, .npy, .npz or a table of numbers as text");
  }
  return file;
}

async function write(found: PointsEstimate, folder: string): Promise<string> {
  const path = `${folder}/estimate.json`;
  await writeAtomically(path, new TextEncoder().encode(JSON.stringify(found, null, 2) + "\n"));
  return path;
}
