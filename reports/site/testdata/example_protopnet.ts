/**
 * An invented run of a prototype network. No number in it was measured.
 *
 * @module
 */
import { type ProtopnetResult, protopnetResultSchema } from "../../../harness/spec/mod.ts";
import { exampleResult, frame } from "../../testdata/example_result.ts";

/** Digests of its pictures. */
export const PICTURES: readonly string[] = ["a", "b", "c"].map((digit) => digit.repeat(64));

const [WHOLE, MAP, SOURCE] = PICTURES as [string, string, string];

const BOX = { x: 1, y: 2, width: 8, height: 8 };

/** One model, one replicate, one scoring sheet of one line. */
export function protopnetExampleResult(): ProtopnetResult {
  const { experiment, device, environment, profile, seed, narrowed, command } = frame();
  const row = {
    unit: "prototype 1",
    similarity: 2.5,
    weight: 1.1,
    points: 2.75,
    box: BOX,
    pictures: { image: WHOLE, map: MAP, source: SOURCE },
  };
  const evaluation = { loss: 0.5, accuracy: 0.75 };
  return protopnetResultSchema.parse({
    ...{ kind: "protopnet", schemaVersion: 1, experiment, profile, seed, narrowed, command },
    ...{ device, environment, recipes: [], agreement: [], ensembles: [], missing: [] },
    data: [],
    classes: { birds: ["wren", "robin"] },
    models: [{
      ...{ id: "protopnet-small", title: "ProtoPNet (example)", kind: "protopnet", data: "birds" },
      ...{ recipe: null, backbone: "small", architecture: "small", start: "random" },
      ...{ supervision: { train: ["label"], test: [] }, gates: true, parameters: 1000 },
      ...{ prototypes: 2, grid: [4, 4], receptiveField: 30 },
      paper: { mean: 79.2, std: 0.1, source: "Table 1" },
      runs: [{
        ...{ replicate: 0, seed: 1, engine: "ort cpu", trainImages: 8, validationImages: 4 },
        ...{ testImages: 4, seconds: 12, keptEpoch: 3, history: [], validation: evaluation },
        ...{ projection: null, additivity: null, pruning: null, ownClassNeighbours: null },
        test: { ...evaluation, correct: "1101", neverPredicted: [] },
        prototypes: [],
        metrics: [{
          id: "purity",
          value: 0.6,
          standardDeviation: 0.1,
          over: 2,
          convention: "half of the box",
        }],
      }],
    }],
    sheets: [{
      ...{ model: "protopnet-small", replicate: 0, image: "wren-7", label: 0, predicted: 0 },
      picture: WHOLE,
      classes: [{ label: 0, logit: 2.75, rows: [row], rest: { units: 0, points: 0 } }],
    }],
    claims: [{ ...exampleResult().claims[0]!, id: "proto.accuracy", subject: "protopnet-small" }],
    notChecked: [],
    notes: [],
  });
}

/** The same with everything that a run can have: history, projection, pruning, prototypes, ensembles. */
export function fullProtopnetExample(): ProtopnetResult {
  const result = protopnetExampleResult();
  const model = result.models[0]!;
  const run = model.runs[0]!;
  const neighbour = { image: "wren-8", label: 1, distance: 0.5, picture: WHOLE };
  const stages = ["warm", "joint", "push", "last-layer"];
  const full = {
    ...run,
    history: stages.map((stage, at) => ({
      ...{ stage, epoch: at + 1, terms: { loss: 1 / (at + 1), crossEntropy: 1 / (at + 2) } },
      validationAccuracy: 0.25 * (at + 1),
    })),
    projection: {
      ...{ epoch: 3, accuracyBefore: 0.75, accuracyAfter: 0.75, moved: 0.1, largestDistance: 0 },
      ...{ notAtArgmax: 0, duplicates: 0, identicalClasses: [] },
    },
    additivity: { images: 4, largestError: 1e-6, largestRelativeError: 1e-7 },
    pruning: {
      ...{ neighbours: 6, threshold: 3, removed: 1, kept: 1 },
      ...{ accuracyBefore: 0.75, accuracyPruned: 0.5, accuracyAfter: 0.75 },
    },
    ownClassNeighbours: 0.5,
    prototypes: [0, 1].map((index) => ({
      ...{ index, label: index, image: `wren-${index}`, cell: [1, 2], ownWeight: 1, box: BOX },
      ...{ pruned: index === 1, purity: 0.6, part: "beak", picture: SOURCE },
      ...{ train: [neighbour], test: [neighbour] },
    })),
  };
  return protopnetResultSchema.parse({
    ...result,
    models: [{ ...model, runs: [full, { ...full, replicate: 1, seed: 2 }] }],
    ensembles: [{
      id: "both",
      members: [model.id],
      runs: [{ replicate: 0, test: { ...run.test, accuracy: 1 } }],
    }],
  });
}
