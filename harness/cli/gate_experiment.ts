/**
 * The gates of one experiment: its baseline, its result, and repeats where a failure may be noise.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import {
  type Baseline,
  checkRun,
  distinctRuns,
  type GateReport,
  isSameComputation,
  type Measured,
  readBaseline,
  readMeasured,
  settleByRepeats,
  whyNotComparable,
} from "../gates/mod.ts";
import { loadExperiment } from "../spec/mod.ts";
import type { Options } from "./options.ts";
import { runToFolder } from "./run_to_folder.ts";

/** What is gated. */
export interface GateTarget {
  readonly experiment: string;
  readonly profile: string;
}

/** `<experiment>-<profile>`, the name of folders and baselines. */
export function targetId({ experiment, profile }: GateTarget): string {
  return `${experiment}-${profile}`;
}

/** File of a target's baseline. */
export function baselineFile(target: GateTarget, { baselines }: Options): string {
  return `${baselines}/${targetId(target)}.json`;
}

/** Holds one experiment against its baseline; what is missing or broken becomes the report's error. */
export async function gateExperiment(
  target: GateTarget,
  options: Options,
  signal: AbortSignal,
): Promise<GateReport> {
  const report = {
    id: targetId(target),
    result: null,
    baseline: baselineFile(target, options),
    rows: [],
    error: null,
  };
  try {
    const baseline = await readBaseline(report.baseline);
    requireName(baseline, target, report.baseline);
    const [first, ...given] = await resultsOf(target, options, signal);
    const sha256 = (await loadExperiment(target.experiment)).sha256(target.profile);
    const rows = checkRun(baseline, first, sha256);
    const doubtful = rows.some(({ state }) => state === "failed") &&
      !isSameComputation(baseline, first);
    const repeats = doubtful
      ? [...given, ...await repeatsOf(target, options, baseline, first, signal)]
      : [];
    if (repeats.length === 0) return { ...report, result: first.file, rows };
    const runs = distinctRuns([first, ...repeats]);
    for (const run of repeats) requireComparable(baseline, run);
    const checked = runs.map((run) => ({
      run,
      rows: run === first ? rows : checkRun(baseline, run, sha256),
    }));
    return { ...report, result: first.file, rows: settleByRepeats(baseline, checked) };
  } catch (error) {
    if (!(error instanceof RunError) || signal.aborted) throw error;
    return { ...report, error: error.message };
  }
}

/** The results named on the command line, else the one in its usual folder, made first when asked for. */
export async function resultsOf(
  target: GateTarget,
  options: Options,
  signal: AbortSignal,
): Promise<[Measured, ...Measured[]]> {
  if (options.result.length === 0) {
    return [await resultIn(resultFolder(target, options), target, options, signal)];
  }
  const runs = distinctRuns(await Promise.all(options.result.map(readMeasured)));
  return runs as [Measured, ...Measured[]];
}

function resultFolder(target: GateTarget, { out }: Options): string {
  return out ?? `out/${targetId(target)}`;
}

async function repeatsOf(
  target: GateTarget,
  options: Options,
  baseline: Baseline,
  first: Measured,
  signal: AbortSignal,
): Promise<Measured[]> {
  const repeats: Measured[] = [];
  for (const seed of repeatSeeds(baseline, first, options.repeat)) {
    const folder = `${resultFolder(target, options)}-seed-${seed}`;
    repeats.push(await resultIn(folder, target, { ...options, seed }, signal));
  }
  return repeats;
}

/** Seeds whose replicates share none with those of the baseline, of the run or of each other. */
export function repeatSeeds(
  baseline: Pick<Baseline, "basis">,
  run: Pick<Measured, "basis">,
  repeats: number,
): number[] {
  const replicates = (basis: Baseline["basis"] | Measured["basis"]) =>
    1 +
    Math.max(0, ...basis.data.flatMap(({ groups }) => groups.map(({ replicate }) => replicate)));
  const step = Math.max(replicates(baseline.basis), replicates(run.basis));
  const last = Math.max(baseline.basis.seed, run.basis.seed);
  return Array.from({ length: repeats }, (_, at) => last + (at + 1) * step);
}

async function resultIn(
  folder: string,
  { experiment, profile }: GateTarget,
  options: Options,
  signal: AbortSignal,
): Promise<Measured> {
  const file = `${folder}/result.json`;
  if (options.run) {
    await runToFolder(experiment, { ...options, profile }, folder, signal);
    return await readMeasured(file);
  }
  try {
    await Deno.stat(file);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    const seed = options.seed === undefined ? "" : ` --seed ${options.seed} --out ${folder}`;
    throw new RunError(
      `${file}: no such file; "deno task reproduce ${experiment} --profile ${profile}${seed}" makes ` +
        "it, and --run makes it here",
    );
  }
  return await readMeasured(file);
}

function requireComparable({ basis }: Baseline, run: Measured): void {
  const reasons = whyNotComparable(basis, run.basis);
  if (reasons.length > 0) {
    throw new RunError(`${run.file}: no repeat of the baseline's run: ${reasons.join("; ")}`);
  }
}

function requireName({ basis }: Baseline, { experiment, profile }: GateTarget, file: string): void {
  if (basis.experiment === experiment && basis.profile === profile) return;
  throw new RunError(
    `${file}: found a baseline of ${basis.experiment}-${basis.profile}, wanted one of ` +
      `${experiment}-${profile}, as the file's name says`,
  );
}
