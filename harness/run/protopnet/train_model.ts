/**
 * Training one model, or taking it from the store.
 *
 * @module
 */
import type { ModelEntry } from "../../../datasets/mod.ts";
import type { Device } from "../../device/mod.ts";
import { type Graph, parameterCount } from "../../graph/mod.ts";
import { type Backbone, OUTPUT } from "../../nets/mod.ts";
import {
  ProtoCheckpointFile,
  type ProtoPNetSettings,
  trainProtoPNet,
  weightsOf,
} from "../../prototypes/training/mod.ts";
import type {
  BackboneSpec,
  ComparatorSpec,
  ProtopnetProfile,
  PrototypeModelSpec,
  StagesSpec,
} from "../../spec/mod.ts";
import {
  CheckpointFile,
  type EpochRecord,
  evaluate,
  trainNetwork,
  type Weights,
  withWeights,
} from "../../train/mod.ts";
import { augmentationOf } from "../data_sets/augmentation_of.ts";
import type { TrainingPlace } from "../training_cell.ts";
import { type ModelImages, modelImages } from "./model_images.ts";
import { type ModelSetting, openBackbone, plainNetwork, prototypeNetwork } from "./models.ts";
import { partTraining } from "./part_training.ts";
import type { PlannedModel } from "./planned_models.ts";
import { decodeModel, encodeModel, type ModelRecord, type StoredModel } from "./training_record.ts";

/** A model with its images, ready to be trained or measured. */
export interface ReadyModel {
  readonly planned: PlannedModel;
  readonly images: ModelImages;
  readonly setting: ModelSetting;
  readonly backbone: Backbone;
  readonly backboneSpec: BackboneSpec;
}

/** Loads the images and builds the backbone of a trained model. */
export async function readyModel(
  planned: PlannedModel,
  profile: ProtopnetProfile,
  files: ReadonlyMap<string, ModelEntry>,
): Promise<ReadyModel> {
  const { spec, set, seed } = planned;
  if (spec.kind === "part-oracle") throw new TypeError("A part oracle is not trained");
  const recipe = spec.kind === "protopnet"
    ? profile.stages[spec.stages]!
    : profile.trainings[spec.training]!;
  const images = await modelImages(set, recipe.augmentation, seed);
  const setting: ModelSetting = {
    shape: set.shape,
    classes: images.train.images.classes.length,
    parts: images.parts?.names.length ?? 0,
    seed,
  };
  const backboneSpec = profile.backbones[spec.backbone]!;
  const backbone = await openBackbone(backboneSpec, setting, files);
  return { planned, images, setting, backbone, backboneSpec };
}

/** Trains, or takes from the store. */
export async function trainModel(
  planned: PlannedModel,
  profile: ProtopnetProfile,
  files: ReadonlyMap<string, ModelEntry>,
  place: TrainingPlace,
): Promise<{ stored: StoredModel; cached: boolean }> {
  const { spec, cell } = planned;
  const { store, signal } = place;
  const { artifact, cached } = await store.compute(cell!, signal, async () => {
    const ready = await readyModel(planned, profile, files);
    const start = performance.now();
    const stored = spec.kind === "protopnet"
      ? await trainPrototypes(ready, spec, profile.stages[spec.stages]!, place)
      : await trainComparator(ready, spec as ComparatorSpec, profile, place);
    const seconds = (performance.now() - start) / 1000;
    return encodeModel({ ...stored, record: { ...stored.record, seconds } });
  });
  // Not before the result is stored: it may be all that is left of hours.
  await new CheckpointFile(store.checkpointPlace(cell!)).remove();
  return { stored: decodeModel(artifact.payload as Uint8Array, spec.id), cached };
}

async function trainPrototypes(
  { planned, images, setting, backbone, backboneSpec }: ReadyModel,
  spec: PrototypeModelSpec,
  stages: StagesSpec,
  { engine, device, store, progress, signal }: TrainingPlace,
): Promise<StoredModel> {
  const { train, validation, complete } = images;
  const { net, history, chosen } = await trainProtoPNet(
    prototypeNetwork(backbone, spec, setting),
    {
      train,
      validation,
      augmentation: augmentationOf(stages.augmentation, setting.shape),
      pushable: complete,
    },
    settingsOf(stages, planned.seed, backboneSpec.frozen),
    {
      engine,
      device,
      name: nameOf(planned),
      checkpoint: new ProtoCheckpointFile(store.checkpointPlace(planned.cell!)),
      progress,
      signal,
    },
  );
  const record: ModelRecord = {
    ...imageCounts(images),
    parameters: parameterCount(net.inference),
    history: history.map(({ stage, trainLoss, metrics, validationAccuracy }, at) => ({
      stage,
      epoch: at + 1,
      terms: { ...(trainLoss !== null && { loss: trainLoss }), ...metrics },
      validationAccuracy,
    })),
    keptEpoch: history.findIndex(({ epoch, stage, iteration }) =>
      epoch === chosen.epoch &&
      (chosen.lastLayerEpochs === 0
        ? stage === "push"
        : stage === "last-layer" && iteration === chosen.lastLayerEpochs - 1)
    ) + 1,
    validation: validation && await evaluate(device, net.inference, OUTPUT, validation),
    chosen,
  };
  return { record, weights: weightsOf(net) };
}

/** The settings that a recipe stands for. */
export function settingsOf(
  stages: StagesSpec,
  seed: number,
  frozen: readonly string[],
): ProtoPNetSettings {
  const { rates, weightDecay, coefficients, method } = stages;
  const addOn = { rate: rates.addOn, weightDecay };
  const prototypes = { rate: rates.prototypes, weightDecay: 0 };
  return {
    seed,
    batch: stages.batchSize,
    firstPrototypes: stages.firstPrototypes === "random" ? "network" : "patches",
    epochs: stages.epochs,
    method,
    coefficients,
    warm: { epochs: stages.warmEpochs, addOn, prototypes },
    joint: {
      backbone: { rate: rates.backbone, weightDecay },
      addOn,
      prototypes,
      everyEpochs: stages.decayEvery,
      factor: stages.decayFactor,
    },
    push: {
      start: stages.firstProjection,
      every: stages.projectionEvery,
      distinct: stages.distinctPatches,
    },
    lastLayer: {
      epochs: stages.lastLayerEpochs,
      rate: rates.lastLayer,
      copies: stages.lastLayerCopies,
    },
    frozen,
    copies: stages.copies,
  };
}

async function trainComparator(
  ready: ReadyModel,
  spec: ComparatorSpec,
  profile: ProtopnetProfile,
  { engine, device, store, progress, signal }: TrainingPlace,
): Promise<StoredModel> {
  const { planned, images, setting, backbone, backboneSpec } = ready;
  const recipe = profile.trainings[spec.training]!;
  const { network, train, terms } = spec.kind === "part-pool"
    ? partTraining(backbone, spec, setting, images)
    : { network: plainNetwork(backbone, spec, setting), train: images.train, terms: [] };
  const trained = await trainNetwork(
    network,
    OUTPUT,
    {
      train,
      validation: images.validation,
      augmentation: augmentationOf(recipe.augmentation, setting.shape),
      ...(recipe.copies !== undefined && { copies: recipe.copies }),
    },
    {
      epochs: recipe.epochs,
      batch: recipe.batchSize,
      optimiser: {
        method: recipe.method,
        weightDecay: recipe.weightDecay,
        groups: recipe.groups,
        clipNorm: recipe.clipNorm,
      },
      schedule: recipe.schedule,
      patience: recipe.patience,
      frozen: [...backboneSpec.frozen, ...recipe.frozen],
      terms,
      seed: planned.seed,
      snapshots: [],
    },
    {
      engine,
      device,
      name: nameOf(planned),
      checkpoint: new CheckpointFile(store.checkpointPlace(planned.cell!)),
      progress,
      signal,
    },
  );
  const record: ModelRecord = {
    ...imageCounts(images),
    parameters: parameterCount(network),
    history: trained.history.map((epoch) => ({
      stage: "classifier",
      epoch: epoch.epoch,
      terms: { loss: epoch.trainLoss, ...epoch.metrics },
      validationAccuracy: epoch.validationAccuracy,
    })),
    keptEpoch: keptEpoch(trained.history, recipe.patience),
    validation: await scored(device, network, trained.weights, images),
    chosen: null,
  };
  return { record, weights: trained.weights };
}

function scored(device: Device, network: Graph, weights: Weights, { validation }: ModelImages) {
  return validation && evaluate(device, withWeights(network, weights), OUTPUT, validation);
}

/** The last epoch, or with early stopping the one with the lowest validation loss. */
function keptEpoch(history: readonly EpochRecord[], patience: number | null): number {
  if (patience === null) return history.length;
  return history.reduce((best, record) =>
    record.validationLoss! < best.validationLoss! ? record : best
  ).epoch;
}

function imageCounts({ train, validation }: ModelImages) {
  return {
    trainImages: train.images.labels.length,
    validationImages: validation?.images.labels.length ?? 0,
    seconds: 0,
  };
}

function nameOf({ spec, replicate }: PlannedModel): string {
  return `training ${spec.id}${replicate > 0 ? `, replicate ${replicate + 1}` : ""}`;
}
