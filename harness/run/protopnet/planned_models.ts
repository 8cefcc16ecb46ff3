/**
 * The models of a run before it starts: each with each replicate, and the cell of its training.
 *
 * @module
 */
import { type ModelEntry, readModels } from "../../../datasets/mod.ts";
import { didYouMean, UsageError } from "../../base/mod.ts";
import type { Device } from "../../device/mod.ts";
import { NETS_VERSION } from "../../nets/mod.ts";
import {
  type LoadedProtopnet,
  type ModelSpec,
  profileOf,
  type ProtopnetProfile,
} from "../../spec/mod.ts";
import type { Engine } from "../../train/mod.ts";
import type { Cell } from "../cell.ts";
import { type DataSet, openDataSet, type TrainingSet } from "../data_sets/mod.ts";

/** Version of the code between images and trained models. */
const MODEL_VERSION = 2;

/** Specifications of models that are trained. */
export type TrainedModelSpec = Exclude<ModelSpec, { kind: "part-oracle" }>;

/** One model of one replicate. */
export interface PlannedModel {
  readonly spec: ModelSpec;
  readonly replicate: number;
  /** Of weights, training and held-out images. */
  readonly seed: number;
  readonly set: TrainingSet;
  /** Null for one that is not trained. */
  readonly cell: Cell | null;
}

/** What a user may change about a run. */
export interface ProtopnetRequest {
  readonly profile: string | undefined;
  readonly seed: number | undefined;
  readonly replicates: number | undefined;
  /** Ids of models; all when undefined. */
  readonly models: readonly string[] | undefined;
  readonly dataRoot: string;
}

/** A run before it starts. */
export interface ProtopnetPlan {
  readonly profileName: string;
  readonly profile: ProtopnetProfile;
  readonly seed: number;
  readonly sets: ReadonlyMap<string, DataSet>;
  readonly models: readonly PlannedModel[];
  /** Networks of the data root by their id. */
  readonly files: ReadonlyMap<string, ModelEntry>;
  /** Models whose backbone starts from a file that is not there. */
  readonly missing: readonly { id: string; why: string; fetch: string }[];
  readonly narrowed: readonly string[];
}

/**
 * Plans a run.
 *
 * @throws {UsageError} When a model is asked for that the profile does not have, or more replicates.
 */
export async function planModels(
  loaded: LoadedProtopnet,
  request: ProtopnetRequest,
  device: Device,
  engine: Engine,
): Promise<ProtopnetPlan> {
  const { name, profile } = profileOf(loaded, request.profile);
  const seed = request.seed ?? loaded.experiment.seed;
  const replicates = request.replicates ?? profile.replicates;
  if (replicates > profile.replicates) {
    throw new UsageError(
      `--replicates: found ${replicates}, wanted at most ${profile.replicates}, the profile's own`,
    );
  }
  const wanted = chosenModels(profile, request.models, `${loaded.file}, profile ${name}`);
  const files = new Map(
    (await readModels(request.dataRoot)).map((entry) => [entry.id, entry] as const),
  );
  const sets = new Map(
    Object.entries(profile.data).map(([at, spec]) =>
      [at, openDataSet(spec, request.dataRoot, seed)] as const
    ),
  );
  const missing = wanted.flatMap((spec) => missingStart(spec, profile, files, request.dataRoot));
  const models: PlannedModel[] = [];
  for (const spec of wanted.filter(({ id }) => !missing.some((one) => one.id === id))) {
    for (let replicate = 0; replicate < replicates; replicate++) {
      const set = await sets.get(spec.data)!.training!(replicate);
      const planned = { spec, replicate, seed: seed + replicate, set };
      const cell = spec.kind === "part-oracle"
        ? null
        : trainingCell(planned, spec, profile, files, device, engine);
      models.push({ ...planned, cell });
    }
  }
  return {
    profileName: name,
    profile,
    seed,
    sets,
    models,
    files,
    missing,
    narrowed: [
      ...(request.models ? [`--networks ${request.models.join(",")}`] : []),
      ...(replicates < profile.replicates ? [`--replicates ${replicates}`] : []),
    ],
  };
}

/** Everything that decides the weights of a model. */
function trainingCell(
  { seed, set }: Pick<PlannedModel, "seed" | "set">,
  spec: TrainedModelSpec,
  { backbones, trainings, stages }: ProtopnetProfile,
  files: ReadonlyMap<string, ModelEntry>,
  device: Device,
  engine: Engine,
): Cell {
  const { title: _, ...backbone } = backbones[spec.backbone]!;
  const { id: __, title: ___, data: ____, gates: _____, paper: ______, ...model } = spec;
  const { description: _______, ...recipe } = spec.kind === "protopnet"
    ? stages[spec.stages]!
    : trainings[spec.training]!;
  return {
    stage: "train-model",
    version: MODEL_VERSION,
    parameters: {
      model: { ...model, backbone, recipe },
      nets: NETS_VERSION,
      seed,
      engine: engine.name,
      device: device.kind,
      threads: device.threads,
      runtime: device.runtime,
      adapter: device.adapter?.description ?? null,
    },
    inputs: {
      images: set.identity,
      ...(backbone.start.from === "file" && { start: files.get(backbone.start.model)!.sha256 }),
    },
  };
}

function missingStart(
  spec: ModelSpec,
  { backbones }: ProtopnetProfile,
  files: ReadonlyMap<string, ModelEntry>,
  dataRoot: string,
) {
  if (spec.kind === "part-oracle") return [];
  const { start } = backbones[spec.backbone]!;
  if (start.from === "random" || files.has(start.model)) return [];
  return [{
    id: spec.id,
    why: `"${start.model}" is not in ${dataRoot}/models/models.json`,
    fetch: `put it there, or name another folder with --data-root`,
  }];
}

function chosenModels(
  { models }: ProtopnetProfile,
  ids: readonly string[] | undefined,
  where: string,
): readonly ModelSpec[] {
  return ids?.map((id) => {
    const spec = models.find((model) => model.id === id);
    if (spec) return spec;
    const known = models.map((model) => model.id);
    throw new UsageError(
      `--networks: ${where} has no model "${id}"` +
        (didYouMean(id, known) || `, wanted some of ${known.join(", ")}`),
    );
  }) ?? models;
}
