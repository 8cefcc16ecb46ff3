/**
 * One run of an experiment with its result and report in a folder.
 *
 * @module
 */
import { embedded, protopnetWarnings, renderProtopnetReport } from "../../reports/protopnet/mod.ts";
import { renderReport } from "../../reports/mod.ts";
import { sha256, silentProgress, writeAtomically } from "../base/mod.ts";
import { chooseDevice } from "../device/mod.ts";
import { modelFiles, picturePath } from "../exported/mod.ts";
import {
  chooseEngine,
  lockText,
  runExperiment,
  runProtopnet,
  Store,
  terminalProgress,
} from "../run/mod.ts";
import {
  isProtopnet,
  loadExperiment,
  profileOf,
  type ProtopnetResult,
  type Result,
} from "../spec/mod.ts";
import type { Options } from "./options.ts";
import { requireOwnFolder } from "./require_own_folder.ts";

/**
 * Runs the experiment as the options say, and writes `report.html`, where the result has some
 * `pictures/<digest>.png` and `models/<id>/`, the `deno.lock` that it ran with, and at last
 * `result.json`.
 *
 * @returns The result.
 * @throws {UsageError} When the folder holds the result of another experiment or profile.
 */
export async function runToFolder(
  id: string,
  options: Options,
  folder: string,
  signal: AbortSignal,
): Promise<Result | ProtopnetResult> {
  const { profile, seed, samples, replicates, networks, dataRoot, memory, quiet } = options;
  const loaded = await loadExperiment(id);
  await requireOwnFolder(folder, id, profileOf<unknown>(loaded, profile).name);
  const chosen = await chooseDevice(options.device, options.threads);
  if (!quiet) console.error(`device: ${chosen.device.kind} (${chosen.reason})`);
  using store = await Store.open(options.store, (message) => console.error(`warning: ${message}`));
  const engine = await chooseEngine(options.engine, chosen.device);
  const command = reproduceCommand(id, options);
  const progress = quiet ? silentProgress : terminalProgress();
  const context = { store, memoryBytes: memory, progress, signal };
  if (isProtopnet(loaded)) {
    const { result, exported, pictures } = await runProtopnet(
      {
        loaded,
        request: { profile, seed, replicates, models: networks, dataRoot },
        chosen,
        engine,
        command,
      },
      context,
    );
    for (const [digest, png] of pictures) {
      await writeAtomically(`${folder}/${picturePath(digest)}`, png);
    }
    for (const { path, bytes } of exported.flatMap(modelFiles)) {
      await writeAtomically(`${folder}/${path}`, bytes);
    }
    const report = renderProtopnetReport(result, embedded((digest) => pictures.get(digest)!));
    await writeResult(folder, result, report);
    for (const warning of protopnetWarnings(result)) console.error(`warning: ${warning}`);
    return result;
  }
  const request = { profile, seed, samples, replicates, networks, dataRoot };
  const result = await runExperiment({ loaded, request, chosen, engine, command }, context);
  await writeResult(folder, result, renderReport(result));
  return result;
}

async function writeResult(
  folder: string,
  result: Result | ProtopnetResult,
  report: string,
): Promise<void> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const lock = await lockText();
  // It may have changed under a long run: then it is not the one of the result.
  if (lock !== undefined && sha256(lock) === result.environment.lockSha256) {
    await writeAtomically(`${folder}/deno.lock`, bytes(lock));
  }
  await writeAtomically(`${folder}/report.html`, bytes(report));
  await writeAtomically(`${folder}/result.json`, bytes(JSON.stringify(result, null, 2) + "\n"));
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
