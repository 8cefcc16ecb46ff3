/**
 * The cells of a run: the training runs, and every network on every group of images.
 *
 * @module
 */
import type { ImageGroup } from "../../datasets/mod.ts";
import { didYouMean, UsageError } from "../base/mod.ts";
import type { ChosenDevice } from "../device/mod.ts";
import { ESTIMATORS_VERSION } from "../estimators/mod.ts";
import type { LoadedExperiment, Profile } from "../spec/mod.ts";
import { profileOf } from "../spec/mod.ts";
import type { Engine } from "../train/mod.ts";
import type { Cell } from "./cell.ts";
import { type DataSet, openDataSet } from "./data_sets/mod.ts";
import { PCA_VERSION } from "./profile_pca.ts";
import { findNetworks, type MissingNetwork, type NetworkSource } from "./networks.ts";
import { type PlannedTrainings, planTrainings } from "./plan_trainings.ts";

/** Version of the code between pixels and estimates. */
export const PROFILE_VERSION = 2;

/** What a user may change about a run. */
export interface RunRequest {
  readonly profile: string | undefined;
  readonly seed: number | undefined;
  readonly samples: number | undefined;
  readonly replicates: number | undefined;
  readonly networks: readonly string[] | undefined;
  readonly dataRoot: string;
}

/** Images that a replicate profiles. */
export interface PlannedGroup {
  /** Name of the data set in the profile. */
  readonly data: string;
  readonly replicate: number;
  readonly group: ImageGroup;
  /** Identity of the images. */
  readonly digest: string;
}

/** One network on one group of images. */
export interface ProfileCell {
  readonly network: NetworkSource;
  readonly replicate: number;
  readonly group: ImageGroup;
  readonly cell: Cell;
  /** The class of the group's images among the network's outputs, where correct answers are counted. */
  readonly target?: number | undefined;
}

/** A run before it starts. */
export interface RunPlan {
  readonly profileName: string;
  readonly profile: Profile;
  readonly seed: number;
  readonly samples: number;
  readonly networks: readonly NetworkSource[];
  readonly missing: readonly MissingNetwork[];
  readonly sets: ReadonlyMap<string, DataSet>;
  readonly groups: readonly PlannedGroup[];
  readonly engine: Engine;
  readonly trainings: PlannedTrainings;
  readonly cells: readonly ProfileCell[];
  /** Options that made the run smaller than the profile. */
  readonly narrowed: readonly string[];
}

/**
 * Finds networks and images, and names every cell.
 *
 * @throws {UsageError} When a network is asked for that the profile does not have.
 */
export async function planCells(
  loaded: LoadedExperiment,
  request: RunRequest,
  { device }: ChosenDevice,
  engine: Engine,
): Promise<RunPlan> {
  const { name, profile: whole } = profileOf(loaded, request.profile);
  const seed = request.seed ?? loaded.experiment.seed;
  const samples = atMost("samples", request.samples, whole.samples);
  const replicates = atMost("replicates", request.replicates, whole.replicates);
  const profile = { ...whole, replicates };
  const wanted = narrow(profile, request.networks, `${loaded.file}, profile ${name}`);
  const sets = new Map(
    Object.entries(profile.data).map(([at, spec]) =>
      [at, openDataSet(spec, request.dataRoot, seed)] as const
    ),
  );
  const trainings = await planTrainings(wanted, profile, sets, seed, engine, device);
  const { networks, missing } = await findNetworks(wanted, {
    profile,
    dataRoot: request.dataRoot,
    seed,
    trainingKey: (network, replicate) => trainings.keyOf(network, replicate),
  });
  const used = new Set(networks.map(({ data }) => data));
  const groups: PlannedGroup[] = [];
  for (const data of [...sets.keys()].filter((at) => used.has(at))) {
    for (let replicate = 0; replicate < profile.replicates; replicate++) {
      for (const group of await sets.get(data)!.groups(samples, replicate)) {
        const digest = await group.digest();
        groups.push({
          data,
          replicate,
          group: named(group, data, groups, seed + replicate),
          digest,
        });
      }
    }
  }
  const cells = networks.flatMap((network) =>
    groups.filter(({ data }) => data === network.data).map((
      { group, replicate, digest },
    ): ProfileCell => ({
      network,
      replicate,
      group,
      cell: {
        stage: "profile",
        version: PROFILE_VERSION,
        parameters: {
          network: network.spec,
          preprocessing: network.preprocessing,
          group: group.id,
          replicate,
          samples,
          seed,
          batchSize: profile.batchSize,
          estimators: ESTIMATORS_VERSION,
          device: device.kind,
          threads: device.threads,
          runtime: device.runtime,
          adapter: device.adapter?.description ?? null,
          ...(profile.pca && { pca: { ...profile.pca, version: PCA_VERSION } }),
        },
        inputs: { network: network.sha256(replicate), images: digest },
      },
    }))
  );
  const narrowed = [
    ...(request.networks ? [`--networks ${request.networks.join(",")}`] : []),
    ...(samples < whole.samples ? [`--samples ${samples}`] : []),
    ...(replicates < whole.replicates ? [`--replicates ${replicates}`] : []),
  ];
  return {
    profileName: name,
    profile,
    seed,
    samples,
    networks,
    missing,
    sets,
    groups,
    engine,
    trainings,
    cells,
    narrowed,
  };
}

/** @throws {UsageError} When more is asked for than the profile has. */
function atMost(option: string, asked: number | undefined, own: number): number {
  if (asked === undefined || asked <= own) return asked ?? own;
  throw new UsageError(`--${option}: found ${asked}, wanted at most ${own}, the profile's own`);
}

/** A group with an id that no other replicate of its data set has. */
function named(
  group: ImageGroup,
  data: string,
  before: readonly PlannedGroup[],
  seed: number,
): ImageGroup {
  if (!before.some((other) => other.data === data && other.group.id === group.id)) return group;
  return { ...group, id: `${group.id}-seed-${seed}`, label: `${group.label}, seed ${seed}` };
}

function narrow(profile: Profile, ids: readonly string[] | undefined, where: string) {
  if (!ids) return profile.networks;
  return ids.map((id) => {
    const spec = profile.networks.find((network) => network.id === id);
    if (!spec) {
      const known = profile.networks.map((network) => network.id);
      throw new UsageError(
        `--networks: ${where} has no network "${id}"` +
          (didYouMean(id, known) || `, wanted some of ${known.join(", ")}`),
      );
    }
    return spec;
  });
}
