/**
 * An invented run of networks trained on two variants of one data set, with their twins.
 *
 * @module
 */
import type { NetworkResult, Result } from "../../harness/spec/mod.ts";
import { type ExampleCurve, exampleNetwork } from "./example_network.ts";
import { frame, SHA256 } from "./example_result.ts";
import { exampleTraining } from "./example_trainings.ts";

const SEEDS = ["seed-999", "seed-1000", "seed-1001"];

const SETS = ["veiled", "bare"] as const;

const VGG = {
  layers: ["input", "pool1", "pool2", "pool3", "pool4", "fc1", "fc2", "fc3"],
  depth: [0, 1, 2, 3, 4, 5, 6, 7],
  units: [3072, 4096, 2048, 1024, 256, 256, 256, 40],
};

const RESNET = {
  layers: ["input", "maxpool", "layer1", "layer2", "layer3", "layer4", "avgpool", "fc"],
  depth: [0, 1, 3, 5, 7, 9, 10, 11],
  units: [3072, 4096, 4096, 2048, 1024, 256, 64, 40],
};

const UNTRAINED = { training: null, after: null, statistics: "initial", control: null } as const;
const CALIBRATED = { ...UNTRAINED, statistics: "calibrated" } as const;

const CURVES: readonly ExampleCurve[] = SETS.flatMap((data) => {
  const trained = { training: `small-${data}`, after: null, statistics: null, control: null };
  const hump = data === "veiled";
  return [
    curve("vgg_objects", data, trained, VGG, [
      ...(hump ? [14.9, 25.1, 26.1, 21.5, 14.9, 10.6, 8.5, 6.7] : [
        ...[17.8, 12.6, 9.8, 9, 8, 6.4, 5.5, 4.9],
      ]),
    ]),
    curve("vgg_objects", data, UNTRAINED, VGG, [14.8, 16.4, 16.4, 17, 17.6, 16.5, 15.6, 14.2]),
    curve("resnet_objects", data, trained, RESNET, [
      ...(hump ? [14.9, 20.3, 28.7, 21.9, 13.8, 10.3, 8.9, 7.1] : [
        ...[17.8, 15.7, 13, 10.4, 8.7, 7.2, 6.2, 5.5],
      ]),
    ]),
    curve("resnet_objects", data, UNTRAINED, RESNET, [
      ...[14.8, 16.3, 16.3, 17.7, 16.2, 11.8, 11.3, 11],
    ]),
    curve("resnet_objects", data, CALIBRATED, RESNET, [
      ...[14.6, 21.5, 24.7, 31.5, 35.8, 30.2, 23.1, 18.3],
    ]),
  ];
});

/** Two architectures on two data sets: trained, untrained and, with batch norm, calibrated. */
export function objectsExampleResult(): Result {
  return {
    ...frame(),
    profile: "embedded",
    command: "deno task reproduce example",
    data: SETS.map((id) => ({
      id,
      title: `rendered objects, ${id} (example)`,
      source: "rendered from a seed",
      groups: SEEDS.map((seed, replicate) => ({
        id: seed,
        label: `objects of ${seed}`,
        replicate,
        n: 500,
        sha256: SHA256,
      })),
    })),
    recipes: SETS.map((data) => ({
      id: `small-${data}`,
      description: `Example: 40 objects, ${data}, labels are the objects`,
      settings: "15 epochs, batches of 32; SGD, momentum 0.9; learning rate 0.03, cosine to 0",
    })),
    trainings: ["vgg_objects", "resnet_objects"].flatMap((architecture) =>
      SETS.flatMap((data) =>
        SEEDS.map((_, replicate) =>
          exampleTraining({
            networks: [`${architecture}-${data}`],
            data,
            recipe: `small-${data}`,
            epochs: 15,
            stepsPerEpoch: 37,
            accuracy: data === "veiled" ? [0.95, 0.86] : [0.999, 0.98],
            validates: true,
          }, replicate)
        )
      )
    ),
    agreement: [{
      network: "vgg_objects-veiled",
      engines: ["ort", "tfjs"],
      batchSize: 32,
      steps: [
        { step: 1, loss: 1.2e-7, gradients: 3.4e-6, logits: 4.1e-7 },
        { step: 10, loss: 2.9e-6, gradients: 1.7e-5, logits: 8.8e-6 },
        { step: 50, loss: 6.3e-4, gradients: 0.0041, logits: 0.0018 },
      ],
    }],
    networks: CURVES.map((one) => exampleNetwork(one, SEEDS)),
    notes: ["Example: the veil was chosen because it gives a hump."],
  };
}

function curve(
  architecture: string,
  data: string,
  recipe: NonNullable<NetworkResult["recipe"]>,
  shape: Pick<ExampleCurve, "layers" | "depth" | "units">,
  ids: readonly number[],
): ExampleCurve {
  const kind = recipe.statistics === null
    ? ""
    : recipe.statistics === "initial"
    ? "-untrained"
    : "-calibrated";
  const id = `${architecture}-${data}${kind}`;
  return {
    id,
    title: id,
    architecture,
    weights: recipe.training === null ? "untrained" : "trained",
    ...shape,
    ids,
    spread: ids.map((value) => 0.05 * value),
    hubShare: ids.map((value) => value / 300),
    paper: null,
    data,
    recipe,
  };
}
