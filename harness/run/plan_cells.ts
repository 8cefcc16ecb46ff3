/**
 * The cells of a run: every network on every group of images.
 *
 * @module
 */
import { type ImageGroup, imagenette, mnist } from "../../datasets/mod.ts";
import { didYouMean, UsageError } from "../base/mod.ts";
import type { ChosenDevice } from "../device/mod.ts";
import { ESTIMATORS_VERSION } from "../estimators/mod.ts";
import type { DataSpec, LoadedExperiment, Profile } from "../spec/mod.ts";
import { profileOf } from "../spec/mod.ts";
import type { Cell } from "./cell.ts";
import { findNetworks, type MissingNetwork, type NetworkSource } from "./networks.ts";

/** Version of the code between pixels and estimates. */
const PROFILE_VERSION = 1;

/** What a user may change about a run. */
export interface RunRequest {
  readonly profile: string | undefined;
  readonly seed: number | undefined;
  readonly samples: number | undefined;
  readonly networks: readonly string[] | undefined;
  readonly dataRoot: string;
}

/** One network on one group of images. */
export interface ProfileCell {
  readonly network: NetworkSource;
  readonly group: ImageGroup;
  readonly cell: Cell;
}

/** A run before it starts. */
export interface RunPlan {
  readonly profileName: string;
  readonly profile: Profile;
  readonly seed: number;
  readonly samples: number;
  readonly networks: readonly NetworkSource[];
  readonly missing: readonly MissingNetwork[];
  readonly groups: readonly ImageGroup[];
  /** SHA-256 of each group's images. */
  readonly groupDigests: readonly string[];
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
): Promise<RunPlan> {
  const { name, profile } = profileOf(loaded, request.profile);
  const seed = request.seed ?? loaded.experiment.seed;
  const samples = request.samples ?? profile.samples;
  if (samples > profile.samples) {
    throw new UsageError(
      `--samples: found ${samples}, wanted at most ${profile.samples}, the profile's own`,
    );
  }
  const wanted = narrow(profile, request.networks, `${loaded.file}, profile ${name}`);
  const { networks, missing } = await findNetworks(wanted, profile.data, request.dataRoot, seed);
  const groups = await imagesOf(profile.data, request.dataRoot, samples);
  const groupDigests: string[] = [];
  for (const group of groups) groupDigests.push(await group.digest());
  const cells = networks.flatMap((network) =>
    groups.map((group, at): ProfileCell => ({
      network,
      group,
      cell: {
        stage: "profile",
        version: PROFILE_VERSION,
        parameters: {
          network: network.spec,
          preprocessing: network.preprocessing,
          group: group.id,
          samples,
          seed,
          batchSize: profile.batchSize,
          estimators: ESTIMATORS_VERSION,
          device: device.kind,
          threads: device.threads,
          runtime: device.runtime,
          adapter: device.adapter?.description ?? null,
        },
        inputs: { network: network.sha256, images: groupDigests[at]! },
      },
    }))
  );
  const narrowed = [
    ...(request.networks ? [`--networks ${request.networks.join(",")}`] : []),
    ...(samples < profile.samples ? [`--samples ${samples}`] : []),
  ];
  return {
    profileName: name,
    profile,
    seed,
    samples,
    networks,
    missing,
    groups,
    groupDigests,
    cells,
    narrowed,
  };
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

function imagesOf(data: DataSpec, dataRoot: string, samples: number): Promise<ImageGroup[]> {
  switch (data.set) {
    case "mnist":
      return mnist({ split: data.split, by: data.by, samples });
    case "imagenette": {
      const classes = data.classes ? { classes: data.classes } : {};
      return imagenette(dataRoot, { split: data.split, samples, ...classes });
    }
  }
}
