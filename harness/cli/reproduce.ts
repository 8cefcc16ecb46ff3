/**
 * `reproduce`: run an experiment, write its report, check its claims.
 *
 * @module
 */
import { formatDuration } from "../base/mod.ts";
import {
  type ClaimResult,
  loadExperiment,
  profileOf,
  type ProtopnetResult,
  type Result,
} from "../spec/mod.ts";
import { experimentId } from "./describe.ts";
import type { Options } from "./options.ts";
import { print, table } from "./print.ts";
import { runToFolder } from "./run_to_folder.ts";

/** Runs, reports, and gates: 0 when every gate is reproduced, else 1. */
export async function reproduce(options: Options, signal: AbortSignal): Promise<number> {
  const id = experimentId(options.words);
  const { name } = profileOf<unknown>(await loadExperiment(id), options.profile);
  const out = options.out ?? `out/${id}-${name}`;
  const result = await runToFolder(id, options, out, signal);
  print(options.json, result, () => summary(result, out));
  return gatesPass(result.claims) ? 0 : 1;
}

/** Whether every claim that gates is reproduced; an inconclusive gate does not pass. */
export function gatesPass(claims: readonly ClaimResult[]): boolean {
  return claims.every(({ severity, verdict }) => severity === "info" || verdict === "reproduced");
}

function summary(result: Result | ProtopnetResult, out: string): string {
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
