/**
 * One cell of training: a network, a recipe, a data set and a seed give weights. What networks of an
 * experiment share (the same run at several moments) is trained once.
 *
 * @module
 */
import { z } from "zod";
import { type Progress, RunError } from "../base/mod.ts";
import type { Device } from "../device/mod.ts";
import type { Graph } from "../graph/mod.ts";
import { buildNetwork, NETS_VERSION, OUTPUT } from "../nets/mod.ts";
import type { TrainedNetworkSpec, TrainingSpec } from "../spec/mod.ts";
import {
  CheckpointFile,
  decodeTensors,
  encodeTensors,
  type Engine,
  evaluate,
  type Evaluation,
  type TrainedNetwork,
  trainNetwork,
  type Weights,
  withWeights,
} from "../train/mod.ts";
import type { Cell } from "./cell.ts";
import { augmentationOf } from "./data_sets/augmentation_of.ts";
import type { TrainingSet } from "./data_sets/mod.ts";
import { prepareTraining } from "./prepare_training.ts";
import type { Store } from "./store.ts";

/** Version of the code between images and trained weights. */
const TRAINING_VERSION = 3;

const evaluationSchema = z.strictObject({ loss: z.number(), accuracy: z.number() });

const recordSchema = z.strictObject({
  trainImages: z.int().positive(),
  validationImages: z.int().nonnegative(),
  testImages: z.int().positive(),
  stepsPerEpoch: z.int().positive(),
  history: z.array(z.strictObject({
    epoch: z.int().positive(),
    step: z.int().positive(),
    learningRate: z.number(),
    trainLoss: z.number(),
    trainAccuracy: z.number(),
    validationLoss: z.number().nullable(),
    validationAccuracy: z.number().nullable(),
  })),
  test: evaluationSchema,
  snapshots: z.array(z.strictObject({ step: z.int().nonnegative(), test: evaluationSchema })),
});

/** What is known about a finished training run, besides its weights. */
export type TrainingRecord = z.infer<typeof recordSchema>;

/** A training run before it starts. */
export interface PlannedTraining {
  /** Ids of the networks that take weights from it. */
  readonly networks: readonly string[];
  readonly spec: TrainedNetworkSpec;
  readonly training: TrainingSpec;
  readonly set: TrainingSet;
  readonly replicate: number;
  /** Of the first weights, the order of the images and their augmentation. */
  readonly seed: number;
  /** Moments at which weights are kept, in steps or epochs. */
  readonly moments: readonly NonNullable<TrainedNetworkSpec["after"]>[];
  readonly cell: Cell;
}

/** What decides the weights of a network, apart from seeds, data and device. */
export function recipeOf(spec: TrainedNetworkSpec): Record<string, unknown> {
  const { architecture, width, inputSize, inputChannels, classes, dropout } = spec;
  return { architecture, width, inputSize, inputChannels, classes, dropout };
}

/** The cell of a training run. */
export function trainingCell(
  planned: Omit<PlannedTraining, "cell">,
  engine: Engine,
  device: Device,
): Cell {
  const { description: _, ...training } = planned.training;
  return {
    stage: "train",
    version: TRAINING_VERSION,
    parameters: {
      network: recipeOf(planned.spec),
      nets: NETS_VERSION,
      training,
      moments: planned.moments,
      seed: planned.seed,
      engine: engine.name,
      device: device.kind,
      threads: device.threads,
      runtime: device.runtime,
      adapter: device.adapter?.description ?? null,
    },
    inputs: { images: planned.set.identity },
  };
}

/** The network before training. */
export function initialNetwork(spec: TrainedNetworkSpec, seed: number): Graph {
  const { architecture, ...options } = { ...recipeOf(spec), seed } as
    & Parameters<typeof buildNetwork>[1]
    & { architecture: string };
  return buildNetwork(architecture, options);
}

/** What training needs besides its plan. */
export interface TrainingPlace {
  readonly engine: Engine;
  readonly device: Device;
  readonly store: Store;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Trains, or takes from the store. */
export async function runTraining(
  planned: PlannedTraining,
  { engine, device, store, progress, signal }: TrainingPlace,
): Promise<{ trained: StoredTraining; cached: boolean }> {
  const { spec, training, set, seed, replicate, cell } = planned;
  const checkpoint = new CheckpointFile(store.checkpointPlace(cell));
  const { artifact, cached } = await store.compute(cell, signal, async () => {
    const { train, validation, test } = await prepareTraining(planned);
    const stepsPerEpoch = Math.floor(train.images.labels.length / training.batchSize);
    const network = initialNetwork(spec, seed);
    const trained = await trainNetwork(
      network,
      OUTPUT,
      {
        train,
        validation,
        augmentation: augmentationOf(training.augmentation, set.shape),
        ...(training.copies !== undefined && { copies: training.copies }),
      },
      {
        epochs: training.epochs,
        batch: training.batchSize,
        optimiser: {
          method: training.method,
          weightDecay: training.weightDecay,
          groups: training.groups,
          clipNorm: training.clipNorm,
        },
        schedule: training.schedule,
        patience: training.patience,
        frozen: training.frozen,
        seed,
        snapshots: planned.moments.map(({ unit, count }) =>
          unit === "steps" ? count : count * stepsPerEpoch
        ),
      },
      {
        engine,
        device,
        name: `training ${spec.id}${replicate > 0 ? `, replicate ${replicate + 1}` : ""}`,
        checkpoint,
        progress,
        signal,
      },
    );
    const score = (weights: Weights): Promise<Evaluation> =>
      evaluate(device, withWeights(network, weights), OUTPUT, test);
    const snapshots = [];
    for (const { step, weights } of trained.snapshots) {
      snapshots.push({ step, test: await score(weights) });
    }
    const record: TrainingRecord = {
      trainImages: train.images.labels.length,
      validationImages: validation?.images.labels.length ?? 0,
      testImages: test.images.labels.length,
      stepsPerEpoch,
      history: [...trained.history],
      test: await score(trained.weights),
      snapshots,
    };
    return encodeTraining(record, trained);
  });
  // Not before the result is stored: it may be all that is left of hours.
  await checkpoint.remove();
  return { trained: decodeTraining(artifact.payload as Uint8Array, spec.id), cached };
}

/** A finished training run. */
export interface StoredTraining {
  readonly record: TrainingRecord;
  /** Weights at a moment; at the end when none is given. */
  weights(after?: TrainedNetworkSpec["after"]): Weights;
}

function encodeTraining(record: TrainingRecord, trained: TrainedNetwork): Uint8Array {
  const named = (place: string, weights: Weights) =>
    [...weights].map(([name, tensor]) => [`${place}/${name}`, tensor] as const);
  return encodeTensors({
    about: record,
    tensors: new Map([
      ...named("end", trained.weights),
      ...trained.snapshots.flatMap(({ step, weights }) => named(`step-${step}`, weights)),
    ]),
  });
}

function decodeTraining(bytes: Uint8Array, network: string): StoredTraining {
  const { about, tensors } = decodeTensors(bytes, `trained weights of ${network}`);
  const record = recordSchema.parse(about);
  return {
    record,
    weights(after) {
      const place = after === undefined
        ? "end/"
        : `step-${after.unit === "steps" ? after.count : after.count * record.stepsPerEpoch}/`;
      const weights = new Map(
        [...tensors].filter(([name]) => name.startsWith(place))
          .map(([name, tensor]) => [name.slice(place.length), tensor]),
      );
      if (weights.size > 0) return weights;
      throw new RunError(
        `Cannot take ${network} after ${after!.count} ${after!.unit}: its training ended before`,
      );
    },
  };
}
