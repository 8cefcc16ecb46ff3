/**
 * The training runs that the networks of a plan need, each once.
 *
 * @module
 */
import { canonicalJson } from "../base/mod.ts";
import type { Device } from "../device/mod.ts";
import type { NetworkSpec, Profile, TrainedNetworkSpec } from "../spec/mod.ts";
import type { Engine } from "../train/mod.ts";
import { cellKey } from "./cell.ts";
import type { DataSet } from "./data_sets/mod.ts";
import { dataNameOf } from "./networks.ts";
import { type PlannedTraining, recipeOf, trainingCell } from "./training_cell.ts";

/** The training runs of a plan. */
export class PlannedTrainings {
  readonly all: readonly PlannedTraining[];

  constructor(all: readonly PlannedTraining[]) {
    this.all = all;
  }

  /** The run that a network takes its weights from; undefined for one that is not trained here. */
  of(network: string, replicate: number): PlannedTraining | undefined {
    return this.all.find((run) => run.replicate === replicate && run.networks.includes(network));
  }

  /** The key of that run's cell. */
  keyOf(network: string, replicate: number): string {
    return cellKey(this.of(network, replicate)!.cell);
  }
}

/** Plans them. Networks that differ only in the moment of their training share a run. */
export async function planTrainings(
  specs: readonly NetworkSpec[],
  profile: Profile,
  sets: ReadonlyMap<string, DataSet>,
  seed: number,
  engine: Engine,
  device: Device,
): Promise<PlannedTrainings> {
  const groups = new Map<string, TrainedNetworkSpec[]>();
  for (const spec of specs) {
    if (spec.kind !== "trained") continue;
    const data = dataNameOf(spec, profile);
    const key = canonicalJson({ ...recipeOf(spec), training: spec.training, data });
    const known = groups.get(key);
    if (known) known.push(spec);
    else groups.set(key, [spec]);
  }
  const all: PlannedTraining[] = [];
  for (const sharing of groups.values()) {
    const [spec] = sharing as [TrainedNetworkSpec];
    const networks = sharing.map(({ id }) => id);
    const moments = sharing.flatMap(({ after }) => after ? [after] : []);
    for (let replicate = 0; replicate < profile.replicates; replicate++) {
      const planned = {
        networks,
        spec,
        training: profile.trainings[spec.training]!,
        set: await sets.get(dataNameOf(spec, profile))!.training!(replicate),
        replicate,
        seed: seed + replicate,
        moments,
      };
      all.push({ ...planned, cell: trainingCell(planned, engine, device) });
    }
  }
  return new PlannedTrainings(all);
}
