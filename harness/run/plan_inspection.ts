/**
 * The cells of an inspection.
 *
 * @module
 */
import type { ImageGroup } from "../../datasets/mod.ts";
import type { Device } from "../device/mod.ts";
import { ESTIMATORS_VERSION } from "../estimators/mod.ts";
import type { PcaSpec, Profile } from "../spec/mod.ts";
import type { Engine } from "../train/mod.ts";
import type { Cell } from "./cell.ts";
import type { InspectRequest } from "./inspect_model.ts";
import type { InspectedClasses } from "./inspected_classes.ts";
import type { NetworkSource } from "./networks.ts";
import { type PlannedGroup, PROFILE_VERSION, type RunPlan } from "./plan_cells.ts";
import { PlannedTrainings } from "./plan_trainings.ts";
import { PCA_VERSION } from "./profile_pca.ts";

/** Name of the images in the result. */
export const INSPECTED_DATA = "images";

const BATCH_SIZE = 8;

/** Linear dimensions; Gaussian points of the same covariance at the last hidden layer. */
const PCA: PcaSpec = { nullBlocks: [1], nullRepeats: 3 };

/** What the cells of an inspection are made of. */
export interface Inspected {
  readonly networks: readonly NetworkSource[];
  readonly groups: readonly PlannedGroup[];
  readonly classes: InspectedClasses | undefined;
}

/** One cell a network and group; nothing is trained. */
export function planInspection(
  request: InspectRequest,
  { networks, groups, classes }: Inspected,
  device: Device,
  engine: Engine,
): RunPlan {
  const samples = groups[0]!.group.names.length;
  const profile: Profile = {
    description: "anybody's model and images",
    networks: [],
    data: {},
    trainings: {},
    replicates: 1,
    samples,
    batchSize: BATCH_SIZE,
    pca: PCA,
    notChecked: [],
    notes: [],
  };
  const targetOf = (network: NetworkSource, { id }: ImageGroup) =>
    network === networks[0] ? classes?.classOf.get(id) : undefined;
  const cellOf = (network: NetworkSource, { group, digest }: PlannedGroup): Cell => ({
    stage: "inspect",
    version: PROFILE_VERSION,
    parameters: {
      network: network.spec.id,
      preprocessing: network.preprocessing,
      group: group.id,
      samples,
      seed: request.seed,
      batchSize: BATCH_SIZE,
      estimators: ESTIMATORS_VERSION,
      device: device.kind,
      threads: device.threads,
      runtime: device.runtime,
      adapter: device.adapter?.description ?? null,
      pca: { ...PCA, version: PCA_VERSION },
      target: targetOf(network, group) ?? null,
    },
    inputs: { network: network.sha256(0), images: digest },
  });
  const set = {
    title: request.images.replace(/^.*[/\\](?=[^/\\]+[/\\]*$)/, ""),
    source: `images of the folder ${request.images}`,
    groups: () => Promise.resolve(groups.map(({ group }) => group)),
  };
  return {
    profileName: "inspect",
    profile,
    seed: request.seed,
    samples,
    networks,
    missing: [],
    sets: new Map([[INSPECTED_DATA, set]]),
    groups,
    engine,
    trainings: new PlannedTrainings([]),
    cells: networks.flatMap((network) =>
      groups.map((planned) => ({
        network,
        replicate: 0,
        group: planned.group,
        cell: cellOf(network, planned),
        target: targetOf(network, planned.group),
      }))
    ),
    narrowed: [],
  };
}
