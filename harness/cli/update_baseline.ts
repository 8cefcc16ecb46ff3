/**
 * `gate --update-baseline`: a result becomes what later runs are held against.
 *
 * @module
 */
import { RunError, UsageError, writeAtomically } from "../base/mod.ts";
import {
  type Baseline,
  describeChange,
  makeBaseline,
  readBaseline,
  readWrittenRules,
} from "../gates/mod.ts";
import { loadExperiment } from "../spec/mod.ts";
import { baselineFile, type GateTarget, resultsOf } from "./gate_experiment.ts";
import type { Options } from "./options.ts";
import { print } from "./print.ts";

/** Writes the baseline and prints what moved. */
export async function updateBaseline(
  target: GateTarget,
  options: Options,
  signal: AbortSignal,
): Promise<number> {
  const { reason, json, baselines } = options;
  if (reason === undefined) {
    throw new UsageError("--reason: missing, wanted why the baseline changes");
  }
  const file = baselineFile(target, options);
  const previous = await existing(file);
  const written = await readWrittenRules(`${baselines}/rules.json`);
  const [run] = await resultsOf(target, options, signal);
  const { experiment, profile, specSha256 } = run.basis;
  if (experiment !== target.experiment || profile !== target.profile) {
    throw new UsageError(
      `${run.file}: found a result of ${experiment}-${profile}, wanted one of ` +
        `${target.experiment}-${target.profile}`,
    );
  }
  if (specSha256 !== (await loadExperiment(experiment)).sha256(profile)) {
    throw new RunError(
      `${run.file}: found a result of another version of experiments/${experiment}.json, wanted ` +
        `one of what it says of profile ${profile} here: run it again`,
    );
  }
  const baseline = makeBaseline({ run, reason, previous, written });
  await writeAtomically(file, new TextEncoder().encode(JSON.stringify(baseline, null, 2) + "\n"));
  print(json, { baseline: file, seal: baseline.seal, changes: changes(previous, baseline) }, () =>
    [
      ...changes(previous, baseline),
      `${baseline.metrics.length} numbers and ${baseline.verdicts.length} verdicts gated`,
      `baseline: ${file}`,
    ].join("\n"));
  return 0;
}

async function existing(file: string): Promise<Baseline | undefined> {
  try {
    await Deno.stat(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  return await readBaseline(file);
}

function changes(before: Baseline | undefined, after: Baseline): string[] {
  if (before === undefined) return ["the first baseline"];
  const [old, now] = [before, after].map(({ metrics, verdicts }) =>
    new Map<string, number | string>([
      ...metrics.map(({ name, value }) => [name, value] as const),
      ...verdicts.map(({ name, verdict }) => [name, verdict] as const),
    ])
  ) as [Map<string, number | string>, Map<string, number | string>];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)];
    if (was === is) return [];
    if (typeof was === "number" && typeof is === "number") {
      return [`${name}: ${describeChange(was, is)}`];
    }
    return [`${name}: ${was ?? "not gated"} -> ${is ?? "not gated"}`];
  });
}
