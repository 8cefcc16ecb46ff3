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
