/**
 * Invented training runs for the tests of reports.
 *
 * @module
 */
import type { TrainingResult } from "../../harness/spec/mod.ts";

/** What an invented training run is made from. */
export interface ExampleTraining {
  readonly networks: readonly string[];
  readonly data: string;
  readonly recipe: string;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  /** Accuracy on training and on other images that the run comes close to. */
  readonly accuracy: readonly [train: number, other: number];
  /** Whether a part of the training images is held out. */
  readonly validates: boolean;
  /** Steps at which the network was tested. */
  readonly snapshots?: readonly number[];
}

/** Accuracy of guessing. */
const CHANCE = 0.1;

/** The run as one replicate would report it. */
export function exampleTraining(example: ExampleTraining, replicate: number): TrainingResult {
  const { epochs, stepsPerEpoch, accuracy: [train, other] } = example;
  const at = (step: number, limit: number) => {
    const accuracy = limit - 0.004 * replicate -
      (limit - CHANCE) * Math.exp(-step / (0.8 * stepsPerEpoch));
    return { accuracy, loss: -Math.log(Math.max(0.02, accuracy)) * 1.3 };
  };
  return {
    networks: [...example.networks],
    replicate,
    data: example.data,
    recipe: example.recipe,
    engine: "ort",
    trainImages: 32 * stepsPerEpoch,
    validationImages: example.validates ? 160 : 0,
    testImages: 400,
    stepsPerEpoch,
    history: Array.from({ length: epochs }, (_, n) => {
      const step = (n + 1) * stepsPerEpoch;
      const [seen, held] = [at(step - stepsPerEpoch / 2, train), at(step, other)];
      return {
        epoch: n + 1,
        step,
        learningRate: 0.03 * (1 + Math.cos(Math.PI * n / epochs)) / 2,
        trainLoss: seen.loss,
        trainAccuracy: seen.accuracy,
        validationLoss: example.validates ? held.loss : null,
        validationAccuracy: example.validates ? held.accuracy : null,
      };
    }),
    test: at(epochs * stepsPerEpoch, other),
    snapshots: (example.snapshots ?? []).map((step) => ({ step, test: at(step, other) })),
  };
}
