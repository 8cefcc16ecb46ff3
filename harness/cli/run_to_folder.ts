/**
 * One run of an experiment with its result and report in a folder.
 *
 * @module
 */
import { renderReport } from "../../reports/mod.ts";
import { silentProgress, UsageError, writeAtomically } from "../base/mod.ts";
import { chooseDevice } from "../device/mod.ts";
import { chooseEngine, runExperiment, Store, terminalProgress } from "../run/mod.ts";
import { isProtopnet, loadExperiment } from "../spec/mod.ts";
import type { Options } from "./options.ts";

/**
 * Runs the experiment as the options say, and writes `result.json` and `report.html`.
 *
 * @throws {UsageError} When it is no experiment on the intrinsic dimension.
 */
export async function runToFolder(
  id: string,
  options: Options,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const { profile, seed, samples, replicates, networks, dataRoot, memory, quiet } = options;
  const loaded = await loadExperiment(id);
  if (isProtopnet(loaded)) {
    throw new UsageError(
      `${id}: cannot be run from here; "deno task reproduce ${id}" makes the result`,
    );
  }
  const chosen = await chooseDevice(options.device, options.threads);
  if (!quiet) console.error(`device: ${chosen.device.kind} (${chosen.reason})`);
  using store = await Store.open(options.store, (message) => console.error(`warning: ${message}`));
  const result = await runExperiment(
    {
      loaded,
      request: { profile, seed, samples, replicates, networks, dataRoot },
      chosen,
      engine: await chooseEngine(options.engine, chosen.device),
      command: reproduceCommand(id, options),
    },
    { store, memoryBytes: memory, progress: quiet ? silentProgress : terminalProgress(), signal },
  );
  const bytes = (text: string) => new TextEncoder().encode(text);
  await writeAtomically(`${folder}/result.json`, bytes(JSON.stringify(result, null, 2) + "\n"));
  await writeAtomically(`${folder}/report.html`, bytes(renderReport(result)));
}

/** The shortest command that repeats a run. */
export function reproduceCommand(id: string, options: Options): string {
  const { profile, device, engine, networks, samples, replicates, seed, dataRoot } = options;
  return [
    `deno task reproduce ${id}`,
    profile && `--profile ${profile}`,
    device !== "auto" && `--device ${device}`,
    engine !== "ort" && `--engine ${engine}`,
    networks && `--networks ${networks.join(",")}`,
    samples !== undefined && `--samples ${samples}`,
    replicates !== undefined && `--replicates ${replicates}`,
    seed !== undefined && `--seed ${seed}`,
    dataRoot !== ".data" && `--data-root ${dataRoot}`,
  ].filter(Boolean).join(" ");
}
