/**
 * A training run whose every kind of state matters: moments, running statistics, dropout, augmentation,
 * a schedule, snapshots, and the best epoch so far.
 *
 * @module
 */
import { shift } from "../../../datasets/augment/mod.ts";
import { writeAtomically } from "../../base/mod.ts";
import { CheckpointFile, type CheckpointPlace } from "../checkpoint_file.ts";
import { type TrainedNetwork, trainNetwork } from "../train_network.ts";
import { CONTEXT, halves, halvesNetwork, SETTINGS } from "./halves.ts";

/** Where the run keeps its checkpoint. */
export function placeIn(folder: string): CheckpointPlace {
  return {
    path: `${folder}/run`,
    key: "run",
    write: writeAtomically,
    warn: (message) => {
      throw new Error(`unexpected warning: ${message}`);
    },
  };
}

/** Trains from the checkpoint on, or from the start. */
export function run(
  place: CheckpointPlace,
  onStep: () => void = () => {},
): Promise<TrainedNetwork> {
  return trainNetwork(
    halvesNetwork({ norm: true, dropout: true }),
    "logits",
    {
      train: halves(64, 1),
      validation: halves(20, 2),
      augmentation: shift({ width: 4, height: 4, channels: 1 }, 1),
    },
    {
      ...SETTINGS,
      epochs: 4,
      optimiser: {
        method: { name: "adamw", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
        weightDecay: 0.1,
        groups: [],
        clipNorm: 1,
      },
      schedule: { kind: "cosine", base: 0.01, warmupSteps: 10 },
      patience: 4,
      snapshots: [0, 12, 20],
    },
    {
      ...CONTEXT,
      checkpoint: new CheckpointFile(place),
      progress: { begin: () => ({ advance: onStep, finish() {} }) },
    },
  );
}
