/**
 * `matrix`: one experiment over devices, engines, seeds and profiles, and how far the runs agree.
 *
 * @module
 */
import { messageOf, RunError, UsageError, writeAtomically } from "../base/mod.ts";
import type { DeviceRequest } from "../device/mod.ts";
import {
  type NamedRun,
  type NumberAgreement,
  numberAgreement,
  type VerdictAgreement,
  verdictAgreement,
} from "../diff/mod.ts";
import { digits, readMeasured } from "../gates/mod.ts";
import type { EngineRequest } from "../run/mod.ts";
import { loadExperiment, profileOf } from "../spec/mod.ts";
import { experimentId } from "./describe.ts";
import type { Options } from "./options.ts";
import { print, table } from "./print.ts";
import { runToFolder } from "./run_to_folder.ts";

/** One combination. */
interface Combination {
  readonly profile: string;
  readonly device: DeviceRequest;
  readonly engine: EngineRequest;
  readonly seed: number;
}

/** What became of one combination. */
interface Outcome extends Combination {
  readonly folder: string;
  /** Why there is no result. */
  readonly problem: string | null;
}

/** The runs of one profile beside each other. */
interface ProfileAgreement {
  readonly profile: string;
  readonly seeds: readonly {
    readonly seed: number;
    readonly numbers: readonly NumberAgreement[];
  }[];
  readonly verdicts: readonly VerdictAgreement[];
}

/**
 * Runs every combination; results are kept as those of `reproduce`, and cells that are done are not done
 * again. 0 when the verdicts that gate agree, 1 when they do not, 3 when a combination failed.
 */
export async function matrix(options: Options, signal: AbortSignal): Promise<number> {
  const id = experimentId(options.words);
  const combinations = await combinationsOf(id, options);
  const root = options.out ?? `out/matrix-${id}`;
  const outcomes: Outcome[] = [];
  const runs = new Map<Combination, NamedRun>();
  for (const [at, combination] of combinations.entries()) {
    const folder = `${root}/${combination.profile}-${nameOf(combination).replaceAll(" ", "-")}`;
    if (!options.quiet) {
      console.error(`run ${at + 1} of ${combinations.length}: ${folder}`);
    }
    try {
      await runToFolder(id, { ...options, ...combination }, folder, signal);
      runs.set(combination, {
        name: nameOf(combination),
        run: await readMeasured(`${folder}/result.json`),
      });
      outcomes.push({ ...combination, folder, problem: null });
    } catch (error) {
      if (signal.aborted || !(error instanceof RunError)) throw error;
      console.error(`failed: ${folder}: ${messageOf(error)}`);
      outcomes.push({ ...combination, folder, problem: messageOf(error) });
    }
  }
  const profiles = agreementOf(combinations, runs);
  const found = { experiment: id, runs: outcomes, profiles };
  const text = JSON.stringify(found, null, 2) + "\n";
  await writeAtomically(`${root}/matrix.json`, new TextEncoder().encode(text));
  print(options.json, found, () => summary(outcomes, profiles, root));
  if (outcomes.some(({ problem }) => problem !== null)) return 3;
  return profiles.some(({ verdicts }) => verdicts.some(({ gates, agree }) => gates && !agree))
    ? 1
    : 0;
}

async function combinationsOf(id: string, options: Options): Promise<Combination[]> {
  const loaded = await loadExperiment(id);
  const profiles = (options.profiles ?? [options.profile]).map((name) =>
    profileOf<unknown>(loaded, name).name
  );
  const seeds = options.seeds ?? [options.seed ?? loaded.experiment.seed];
  const combinations = profiles.flatMap((profile) =>
    seeds.flatMap((seed) =>
      (options.devices ?? [options.device]).flatMap((device) =>
        (options.engines ?? [options.engine]).map((engine) => ({ profile, device, engine, seed }))
      )
    )
  );
  if (combinations.length < 2) {
    throw new UsageError(
      `matrix: found ${combinations.length} combinations, wanted two or more by --devices, --engines, ` +
        "--seeds or --profiles",
    );
  }
  const names = combinations.map((combination) => `${combination.profile} ${nameOf(combination)}`);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new UsageError(`matrix: found ${twice} twice`);
  return combinations;
}

function nameOf({ device, engine, seed }: Combination): string {
  return `${device} ${engine} seed ${seed}`;
}

/** Numbers are compared within a seed, verdicts over all runs of a profile. */
function agreementOf(
  combinations: readonly Combination[],
  runs: ReadonlyMap<Combination, NamedRun>,
): ProfileAgreement[] {
  const finished = combinations.filter((combination) => runs.has(combination));
  const named = (members: readonly Combination[]) => members.map((member) => runs.get(member)!);
  return [...Map.groupBy(finished, ({ profile }) => profile)].map(([profile, members]) => ({
    profile,
    seeds: [...Map.groupBy(members, ({ seed }) => seed)].filter(([, alike]) => alike.length > 1)
      .map(([seed, alike]) => ({ seed, numbers: numberAgreement(named(alike)) })),
    verdicts: verdictAgreement(named(members)),
  }));
}

function summary(
  outcomes: readonly Outcome[],
  profiles: readonly ProfileAgreement[],
  root: string,
): string {
  return [
    ...profiles.flatMap(({ profile, seeds, verdicts }) => [
      ...seeds.flatMap(({ seed, numbers }) => [
        `profile ${profile}, seed ${seed}: largest relative difference to the first run`,
        "",
        numbersTable(numbers),
        "",
      ]),
      `profile ${profile}: verdicts`,
      "",
      verdictsTable(verdicts),
      "",
    ]),
    ...outcomes.flatMap(({ folder, problem }) =>
      problem === null ? [] : [`failed: ${folder}: ${problem}`]
    ),
    "L0 equal bits, L1 within a relative 1e-4; networks that another device or engine trained may be " +
    "beyond L1, since rounding grows during training",
    `results: ${root}`,
  ].join("\n");
}

function numbersTable(numbers: readonly NumberAgreement[]): string {
  const columns = Object.keys(numbers[0]?.differences ?? {});
  return table(
    ["number", "first run", ...columns, "level"],
    numbers.map(({ name, reference, differences, level }) => [
      name,
      digits(reference),
      ...columns.map((column) => {
        const difference = differences[column];
        return difference === null || difference === undefined ? "-" : difference.toExponential(1);
      }),
      level,
    ]),
  );
}

function verdictsTable(verdicts: readonly VerdictAgreement[]): string {
  const columns = Object.keys(verdicts[0]?.verdicts ?? {});
  return table(
    ["claim", "kind", ...columns, "agree"],
    verdicts.map(({ name, gates, verdicts, agree }) => [
      name,
      gates ? "gate" : "info",
      ...columns.map((column) => verdicts[column] ?? "-"),
      agree ? "yes" : "NO",
    ]),
  );
}
