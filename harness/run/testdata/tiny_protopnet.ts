/**
 * A ProtoPNet experiment on few small birds with every kind of model and every measure.
 *
 * @module
 */
import { type LoadedProtopnet, protopnetExperimentSchema } from "../../spec/mod.ts";

const RECIPE = {
  description: "d",
  epochs: 2,
  batchSize: 20,
  method: { name: "adam" },
  schedule: { kind: "constant", base: 0.001 },
};

const CLAIMS = [
  "proto.accuracy",
  "proto.ensemble",
  "proto.additive",
  "proto.cases",
  "proto.local",
  "proto.pruning",
  "proto.parts",
  "proto.parts-cam",
];

export function tinyProtopnet(): LoadedProtopnet {
  const onBirds = { title: "t", data: "birds" };
  const comparator = { ...onBirds, backbone: "vgg", training: "short", depth: 8 };
  const experiment = protopnetExperimentSchema.parse({
    id: "tiny-protopnet",
    title: "t",
    summary: "s",
    paper: "p",
    figure: "f",
    kind: "protopnet",
    seed: 5,
    profiles: {
      embedded: {
        description: "d",
        data: {
          birds: {
            set: "birds",
            size: 32,
            classes: 20,
            trainPerClass: 6,
            validationPerClass: 1,
            testPerClass: 1,
            preprocessing: {
              shortSide: null,
              crop: 32,
              mean: [0.5, 0.5, 0.5],
              std: [0.25, 0.25, 0.25],
            },
          },
        },
        backbones: {
          vgg: { title: "VGG-11", architecture: "vgg11_bn", width: 1 / 16, stride: 8 },
        },
        trainings: { short: RECIPE },
        stages: {
          short: {
            description: "d",
            batchSize: 20,
            warmEpochs: 1,
            epochs: 2,
            firstProjection: 1,
            projectionEvery: 1,
            lastLayerEpochs: 2,
          },
        },
        models: [
          { kind: "classifier", id: "plain", ...onBirds, backbone: "vgg", training: "short" },
          {
            kind: "protopnet",
            id: "proto",
            ...onBirds,
            title: "ProtoPNet <i>",
            backbone: "vgg",
            stages: "short",
            prototypes: { perClass: 2, depth: 8 },
            gates: true,
          },
          { kind: "cam", id: "cam", ...comparator },
          { kind: "part-pool", id: "pool", ...comparator },
          { kind: "part-oracle", id: "oracle", ...onBirds },
        ],
        ensembles: { both: ["proto", "plain"] },
        measures: ["projection", "pruning", "sheets", "gallery", "units", "interventions"],
        pruning: { threshold: 1, epochs: 1 },
        sheets: { images: 3, rows: 1 },
        gallery: { perClass: 1 },
        agreement: { models: ["proto"], batchSize: 2 },
      },
    },
    claims: CLAIMS.map((id) => ({
      id,
      severity: "info",
      threshold: 1e-4,
      expected: "e",
      why: "w",
      source: "s",
    })),
  });
  return { experiment, file: "tiny.json", sha256: () => "0".repeat(64) };
}
