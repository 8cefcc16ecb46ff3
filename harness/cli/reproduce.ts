/**
 * `reproduce`: run an experiment, write its report, check its claims.
 *
 * @module
 */
import { renderReport } from "../../reports/mod.ts";
import { formatDuration, silentProgress, writeAtomically } from "../base/mod.ts";
import { chooseDevice } from "../device/mod.ts";
import { chooseEngine, runExperiment, Store, terminalProgress } from "../run/mod.ts";
import { type ClaimResult, loadExperiment, type Result } from "../spec/mod.ts";
import { experimentId } from "./describe.ts";
import type { Options } from "./options.ts";
import { print, table } from "./print.ts";

/** Runs, reports, and gates: 0 when every gate is reproduced, else 1. */
export async function reproduce(options: Options, signal: AbortSignal): Promise<number> {
  const { profile, seed, samples, replicates, networks, dataRoot, memory, json, quiet } = options;
  const loaded = await loadExperiment(experimentId(options.words));
  const chosen = await chooseDevice(options.device, options.threads);
  if (!quiet) console.error(`device: ${chosen.device.kind} (${chosen.reason})`);
  using store = await Store.open(options.store, (message) => console.error(`warning: ${message}`));
  const result = await runExperiment(
    {
      loaded,
      request: { profile, seed, samples, replicates, networks, dataRoot },
      chosen,
      engine: await chooseEngine(options.engine, chosen.device),
      command: commandOf(options, loaded.experiment.id),
    },
    {
      store,
      memoryBytes: memory,
      progress: quiet ? silentProgress : terminalProgress(),
      signal,
    },
  );
  const out = options.out ?? `out/${result.experiment.id}-${result.profile}`;
  const bytes = (text: string) => new TextEncoder().encode(text);
  await writeAtomically(`${out}/result.json`, bytes(JSON.stringify(result, null, 2) + "\n"));
  await writeAtomically(`${out}/report.html`, bytes(renderReport(result)));
  print(json, result, () => summary(result, out));
  return gatesPass(result.claims) ? 0 : 1;
}

/** Whether every claim that gates is reproduced; an inconclusive gate does not pass. */
export function gatesPass(claims: readonly ClaimResult[]): boolean {
  return claims.every(({ severity, verdict }) => severity === "info" || verdict === "reproduced");
}

function summary(result: Result, out: string): string {
  const { claims, notChecked, missing, environment } = result;
  const number = (value: number) => String(Number(value.toPrecision(3)));
  const rows = claims.map((claim) => [
    claim.id,
    claim.subject,
    claim.severity,
    claim.estimate === null ? "" : number(claim.estimate),
    claim.interval === null ? "" : claim.interval.map(number).join(" to "),
    claim.verdict,
  ]);
  const header = ["claim", "subject", "kind", "estimate", "95 % interval", "verdict"];
  return [
    result.experiment.title,
    "",
    table(header, rows),
    ...notChecked.map(({ id, why }) => `not checked here: ${id}: ${why}`),
    ...missing.map(({ id, fetch }) => `missing network: ${id}: ${fetch}`),
    "",
    `${environment.cells.computed} cells computed, ${environment.cells.cached} from the store, ` +
    formatDuration(environment.seconds),
    `report: ${out}/report.html`,
  ].join("\n");
}

/** The shortest command that repeats the run. */
function commandOf(options: Options, id: string): string {
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
