/**
 * How a ProtoPNet is trained: section 1.2 to 1.4 of the protocol, defaults the authors'.
 *
 * @module
 */
import { UsageError } from "../../base/mod.ts";
import type { Method } from "../../train/mod.ts";

/** Rate and weight decay of some parameters in a stage. */
export interface Rate {
  readonly rate: number;
  readonly weightDecay: number;
}

/** Coefficients of the loss; separation is subtracted. */
export interface LossCoefficients {
  readonly crossEntropy: number;
  readonly cluster: number;
  readonly separation: number;
  /** Of the last layer's weights between prototypes and other classes than theirs. */
  readonly l1: number;
}

/** The three stages of training. Epochs count from 0, warm-up included. */
export interface ProtoPNetSettings {
  readonly seed: number;
  readonly batch: number;
  /** What prototypes start as: what the network has, or latent patches of training images. */
  readonly firstPrototypes: "network" | "patches";
  /** Of warm-up and joint training together. */
  readonly epochs: number;
  /** Optimiser of every stage. */
  readonly method: Method;
  readonly coefficients: LossCoefficients;
  /** The first epochs: the backbone stays as it is. */
  readonly warm: {
    readonly epochs: number;
    readonly addOn: Rate;
    readonly prototypes: Rate;
  };
  /** The other epochs. Rates are multiplied by `factor` after every `everyEpochs` of them. */
  readonly joint: {
    readonly backbone: Rate;
    readonly addOn: Rate;
    readonly prototypes: Rate;
    readonly everyEpochs: number;
    readonly factor: number;
  };
  /** Projection after each multiple of `every` from epoch `start` on, and after the last epoch. */
  readonly push: {
    readonly start: number;
    readonly every: number;
    /** Whether prototypes of a class get different patches. */
    readonly distinct: boolean;
  };
  /** After each projection, for the logarithmic similarity only. */
  readonly lastLayer: {
    readonly epochs: number;
    readonly rate: number;
    /** Augmented copies of each image whose similarities are kept; of no meaning without augmentation. */
    readonly copies: number;
  };
  /** Prefixes of backbone layers that are never trained. */
  readonly frozen: readonly string[];
  /** Augmented copies of each image, in turn, in warm-up and joint training; null: anew each epoch. */
  readonly copies: number | null;
}

const ADD_ON = { rate: 3e-3, weightDecay: 1e-3 } as const;
const PROTOTYPES = { rate: 3e-3, weightDecay: 0 } as const;

/** The authors' settings; of their nominal 1000 epochs they used the first 11 to 31. */
export const AUTHORS_SETTINGS: ProtoPNetSettings = {
  seed: 1,
  batch: 80,
  firstPrototypes: "network",
  epochs: 11,
  method: { name: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  coefficients: { crossEntropy: 1, cluster: 0.8, separation: 0.08, l1: 1e-4 },
  warm: { epochs: 5, addOn: ADD_ON, prototypes: PROTOTYPES },
  joint: {
    backbone: { rate: 1e-4, weightDecay: 1e-3 },
    addOn: ADD_ON,
    prototypes: PROTOTYPES,
    everyEpochs: 5,
    factor: 0.1,
  },
  push: { start: 10, every: 10, distinct: false },
  lastLayer: { epochs: 20, rate: 1e-4, copies: 4 },
  frozen: [],
  copies: null,
};

/** Epochs of last-layer training after pruning, the authors' number. */
export const EPOCHS_AFTER_PRUNING = 100;

/** The stage of an epoch. */
export type Stage = "warm" | "joint";

/** What happens in an epoch. */
export interface PlannedEpoch {
  /** From 0 on. */
  readonly epoch: number;
  readonly stage: Stage;
  /** Multiplies the rates of the stage. */
  readonly factor: number;
  /** Whether projection and training of the last layer follow. */
  readonly push: boolean;
}

/** @throws {UsageError} When there is no epoch, or numbers of epochs are none. */
export function plannedEpochs(settings: ProtoPNetSettings): PlannedEpoch[] {
  const { epochs, warm, joint, push } = settings;
  const counts = { epochs, "push.every": push.every, "joint.everyEpochs": joint.everyEpochs };
  for (const [name, count] of Object.entries(counts)) {
    if (Number.isSafeInteger(count) && count >= 1) continue;
    throw new UsageError(`${name}: found ${count}, wanted a positive whole number`);
  }
  return Array.from({ length: epochs }, (_, epoch) => {
    const jointEpoch = epoch - warm.epochs;
    const isJoint = jointEpoch >= 0;
    return {
      epoch,
      stage: isJoint ? "joint" : "warm",
      factor: isJoint ? joint.factor ** Math.floor(jointEpoch / joint.everyEpochs) : 1,
      push: epoch === epochs - 1 || (epoch >= push.start && epoch % push.every === 0),
    };
  });
}
