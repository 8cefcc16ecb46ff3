/** Models as results tell of them, for tests. */
import type { ModelResult, ModelRun } from "../../spec/mod.ts";

/** A training run whose test images are right where `correct` has a 1. */
export function madeRun(
  replicate: number,
  correct: string,
  more: Partial<ModelRun> = {},
): ModelRun {
  const right = [...correct].filter((digit) => digit === "1").length;
  return {
    replicate,
    seed: replicate,
    engine: "ort cpu",
    trainImages: 100,
    validationImages: 20,
    testImages: correct.length,
    seconds: 1,
    keptEpoch: 1,
    history: [],
    validation: { loss: 0.5, accuracy: 0.9 },
    test: { loss: 0.5, accuracy: right / correct.length, correct, neverPredicted: [] },
    projection: null,
    additivity: null,
    pruning: null,
    ownClassNeighbours: null,
    prototypes: [],
    metrics: [],
    ...more,
  };
}

/** A model with these runs. */
export function madeModel(
  id: string,
  kind: ModelResult["kind"],
  runs: ModelRun[],
  more: Partial<ModelResult> = {},
): ModelResult {
  return {
    id,
    title: id,
    kind,
    data: "birds",
    recipe: "plain",
    backbone: "vgg16",
    architecture: "vgg16",
    start: "random weights",
    supervision: { train: ["label"], test: [] },
    gates: true,
    parameters: 1000,
    prototypes: kind === "protopnet" ? 20 : null,
    grid: [6, 6],
    receptiveField: 100,
    paper: null,
    runs,
    ...more,
  };
}
