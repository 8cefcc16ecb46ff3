/**
 * `gate`: results against baselines, for CI.
 *
 * @module
 */
import { RunError, UsageError, writeAtomically } from "../base/mod.ts";
import {
  annotations,
  countStates,
  type GateReport,
  type GateRow,
  isGreen,
  junit,
  markdown,
  worstLast,
} from "../gates/mod.ts";
import { listExperiments, loadExperiment, profileOf } from "../spec/mod.ts";
import { experimentId } from "./describe.ts";
import { baselineFile, gateExperiment, type GateTarget } from "./gate_experiment.ts";
import type { Options } from "./options.ts";
import { print, table } from "./print.ts";
import { updateBaseline } from "./update_baseline.ts";

/** 0 when every gate is green, 1 when one is not, 3 when a result or baseline is missing or broken. */
export async function gate(options: Options, signal: AbortSignal): Promise<number> {
  const id = experimentId(options.words);
  if (id === "all") {
    const single = options.updateBaseline
      ? "--update-baseline"
      : options.result.length > 0
      ? "--result"
      : options.out !== undefined
      ? "--out"
      : undefined;
    if (single !== undefined) {
      throw new UsageError(`${single}: found with "all", wanted one experiment`);
    }
  }
  if (options.updateBaseline) {
    return await updateBaseline(await targetOf(id, options), options, signal);
  }
  const { targets, without } = await targetsOf(id, options);
  const reports: GateReport[] = [];
  for (const target of targets) reports.push(await gateExperiment(target, options, signal));
  await writeFiles(reports, options);
  const green = reports.every(isGreen);
  if (options.markdown === "-" && !options.json) console.log(markdown(reports));
  else {print(options.json, { green, reports, withoutBaseline: without }, () =>
      summary(reports, without));}
  if (reports.some(({ error }) => error !== null)) return 3;
  return green ? 0 : 1;
}

async function targetOf(experiment: string, { profile }: Options): Promise<GateTarget> {
  return {
    experiment,
    profile: profileOf<unknown>(await loadExperiment(experiment), profile).name,
  };
}

/** One experiment, or all that have a baseline. */
async function targetsOf(
  id: string,
  options: Options,
): Promise<{ targets: GateTarget[]; without: string[] }> {
  if (id !== "all") return { targets: [await targetOf(id, options)], without: [] };
  const targets: GateTarget[] = [];
  const without: string[] = [];
  for (const experiment of await listExperiments()) {
    const { experiment: { profiles, defaultProfile } } = await loadExperiment(experiment);
    const profile = options.profile ?? defaultProfile;
    const target = { experiment, profile };
    if (profile in profiles && await exists(baselineFile(target, options))) targets.push(target);
    else without.push(experiment);
  }
  if (targets.length === 0) {
    throw new RunError(
      `${options.baselines}: no baseline of any experiment; "deno task gate EXPERIMENT ` +
        '--update-baseline --reason TEXT" makes one',
    );
  }
  return { targets, without };
}

async function exists(file: string): Promise<boolean> {
  try {
    await Deno.stat(file);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function writeFiles(reports: readonly GateReport[], options: Options): Promise<void> {
  const write = (file: string, text: string) =>
    writeAtomically(file, new TextEncoder().encode(text));
  if (options.junit !== undefined) await write(options.junit, junit(reports));
  if (options.markdown !== undefined && options.markdown !== "-") {
    await write(options.markdown, markdown(reports));
  }
  if (inGitHubActions()) {
    for (const line of annotations(reports)) console.error(line);
  }
}

/** Without the permission to ask, nobody is there to be told. */
function inGitHubActions(): boolean {
  const { state } = Deno.permissions.querySync({ name: "env", variable: "GITHUB_ACTIONS" });
  return state === "granted" && Deno.env.get("GITHUB_ACTIONS") === "true";
}

function summary(reports: readonly GateReport[], without: readonly string[]): string {
  const ordered = [...reports.filter(isGreen), ...reports.filter((report) => !isGreen(report))];
  return [
    ...ordered.map(section),
    ...without.map((id) => `no baseline: ${id}`),
    ...reports.length > 1 ? ["", ...ordered.map(line)] : [],
  ].join("\n");
}

function line(report: GateReport): string {
  return `${isGreen(report) ? "green" : "RED  "} ${report.id}: ${
    report.error ?? countStates(report.rows)
  }`;
}

function section(report: GateReport): string {
  const { id, result, rows, error } = report;
  if (error !== null) return `${id}: error: ${error}\n`;
  const cells = worstLast(rows).map((row) => [
    row.name,
    row.baseline,
    row.found ?? "-",
    state(row),
    row.state === "passed" ? "" : row.message,
  ]);
  return [
    `${id}: ${result}`,
    "",
    table(["gate", "baseline", "found", "state", "why"], cells),
    "",
    `${countStates(rows)}: ${isGreen(report) ? "green" : "RED"}`,
    "",
  ].join("\n");
}

function state({ state }: GateRow): string {
  return state === "failed" || state === "not comparable" ? state.toUpperCase() : state;
}
