/**
 * `estimate`: every estimate for the points of a file, on the terminal, as JSON or as a page.
 *
 * @module
 */
import { renderPointsReport } from "../../reports/points/mod.ts";
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
import { pointsReport } from "./points_report.ts";
import { pointsTables } from "./points_tables.ts";
import { print } from "./print.ts";

const DEFAULT_SEED = 1;

/**
 * Estimates the points of one file; writes `estimate.json` when `--out` is given, and `report.html`
 * when `--report` is.
 */
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
  const written: string[] = [];
  if (out !== undefined) {
    written.push(
      `json: ${await write(out, "estimate.json", JSON.stringify(found, null, 2) + "\n")}`,
    );
  }
  if (options.report) {
    const page = renderPointsReport(pointsReport(found, device, commandOf(options, file)));
    const folder = out ?? `out/estimate-${file.replace(/^.*[/\\]/, "")}`;
    written.push(`report: ${await write(folder, "report.html", page)}`);
  }
  print(json, found, () => [pointsTables(found), ...written].join("\n"));
  return 0;
}

function oneFile([, file, ...rest]: readonly string[]): string {
  if (file === undefined || rest.length > 0) {
    throw new UsageError("estimate: wanted one file, .npy, .npz or a table of numbers as text");
  }
  return file;
}

async function write(folder: string, name: string, text: string): Promise<string> {
  const path = `${folder}/${name}`;
  await writeAtomically(path, new TextEncoder().encode(text));
  return path;
}

/** The shortest command that repeats the estimates. */
function commandOf({ array, samples, seed, device }: Options, file: string): string {
  return [
    `deno task estimate ${file} --report`,
    array !== undefined && `--array ${array}`,
    samples !== undefined && `--samples ${samples}`,
    seed !== undefined && `--seed ${seed}`,
    device !== "auto" && `--device ${device}`,
  ].filter(Boolean).join(" ");
}
