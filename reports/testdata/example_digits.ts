/**
 * Invented runs of one small network whose layers share depths: on three kinds of digits, and at many
 * moments of its training.
 *
 * @module
 */
import type { NetworkResult, Result } from "../../harness/spec/mod.ts";
import { type ExampleCurve, exampleNetwork } from "./example_network.ts";
import { frame, SHA256 } from "./example_result.ts";
import { exampleTraining } from "./example_trainings.ts";

const SEEDS = ["seed-999", "seed-1000", "seed-1001"];

const SHAPE = {
  layers: ["input", "conv1", "pool1", "conv2", "pool2", "d1", "output"],
  depth: [0, 1, 1, 2, 2, 3, 4],
  units: [784, 21632, 5408, 7744, 1600, 128, 10],
};

const SETTINGS = "20 epochs, batches of 64; SGD, momentum 0.9; learning rate 0.01";

/** The same network on digits, on digits with a luminance, and with shuffled labels. */
export function controlsExampleResult(): Result {
  const curves: ExampleCurve[] = [
    digits("mnist", "mnist", "plain", [13.2, 12.9, 12, 9.9, 9.4, 8, 6.3], [
      ...[13.16, 12.6, 11.86, 9.71, 9.32, 7.81, 6.09],
    ]),
    digits("mnist-luminance", "mnist-star", "plain", [3.1, 3, 3.3, 7.6, 8.1, 7.5, 6.2], [
      ...[3.01, 2.96, 3.18, 7.97, 8.34, 7.38, 6.18],
    ], { of: "mnist", changes: "luminance" }),
    digits("mnist-shuffled", "mnist", "shuffled", [13.2, 13.5, 13.1, 13.4, 16.8, 19.9, 9.2], [
      ...[13.19, 13.46, 12.99, 12.76, 17.7, 21.35, 8.94],
    ], { of: "mnist", changes: "labels" }),
  ];
  return {
    ...frame(),
    profile: "embedded",
    command: "deno task reproduce example",
    data: [dataSet("mnist", "MNIST (example)"), dataSet("mnist-star", "MNIST* (example)")],
    recipes: [
      { id: "plain", description: "Example: true labels", settings: SETTINGS },
      {
        id: "shuffled",
        description: "Example: labels without meaning",
        settings: `${SETTINGS}; labels permuted once`,
      },
    ],
    trainings: curves.flatMap(({ id, data, recipe }) =>
      SEEDS.map((_, replicate) =>
        exampleTraining({
          networks: [id],
          data: data!,
          recipe: recipe!.training!,
          epochs: 20,
          stepsPerEpoch: 78,
          accuracy: recipe!.training === "plain" ? [0.999, 0.98] : [0.93, 0.1],
          validates: false,
        }, replicate)
      )
    ),
    networks: curves.map((curve) => exampleNetwork(curve, SEEDS)),
  };
}

/** Steps of the training that the next result shows. */
const STEPS = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];

/** One network from its start to the end of its training, on three replicates. */
export function dynamicsExampleResult(): Result {
  const end = 3120;
  const curves = [...STEPS, end].map((step): ExampleCurve => {
    const learnt = 1 - Math.exp(-step / 40);
    const late = Math.log1p(step / 100);
    const ids = [13.2, 12.9, 12.6, 12.4, 12.2, 12, 9.8].map((start, at) =>
      start - learnt * [0, 0.2, 0.6, 2.6, 3.2, 5.4, 5][at]! +
      late * [0, 0, 0, 0.1, 0.2, 0.5, 0.2][at]!
    );
    const isEnd = step === end;
    return {
      ...digits(isEnd ? "cnn" : `cnn-step-${step}`, "mnist", "plain", ids, null),
      weights: step === 0 ? "untrained" : "trained",
      recipe: {
        training: "plain",
        after: isEnd ? null : { unit: "steps", count: step },
        statistics: null,
        control: null,
      },
    };
  });
  return {
    ...frame(),
    profile: "embedded",
    command: "deno task reproduce example",
    data: [dataSet("mnist", "MNIST (example)")],
    recipes: [{ id: "plain", description: "Example: true labels", settings: SETTINGS }],
    trainings: SEEDS.map((_, replicate) =>
      exampleTraining({
        networks: curves.map(({ id }) => id),
        data: "mnist",
        recipe: "plain",
        epochs: 40,
        stepsPerEpoch: 78,
        accuracy: [0.999, 0.98],
        validates: true,
        snapshots: STEPS,
      }, replicate)
    ),
    networks: curves.map((curve) => exampleNetwork(curve, SEEDS)),
  };
}

function digits(
  id: string,
  data: string,
  training: string,
  ids: readonly number[],
  published: readonly number[] | null,
  control: NonNullable<NetworkResult["recipe"]>["control"] = null,
): ExampleCurve {
  return {
    id,
    title: `${id} (example)`,
    architecture: "mnist_cnn",
    weights: "trained",
    ...SHAPE,
    ids,
    spread: ids.map((value) => 0.03 * value),
    hubShare: ids.map((value) => value / 400),
    paper: published === null ? null : paperOf(published),
    data,
    recipe: { training, after: null, statistics: null, control },
  };
}

function paperOf(ids: readonly number[]): NetworkResult["paper"] {
  return {
    source: "Ansuini et al. 2019, arXiv 1905.12784v2, Figure 6B",
    depth: SHAPE.depth,
    relativeDepth: SHAPE.depth.map((depth) => depth / 4),
    id: [...ids],
    std: ids.map(() => 0.15),
  };
}

function dataSet(id: string, title: string): Result["data"][number] {
  return {
    id,
    title,
    source: "LeCun, Cortes and Burges",
    groups: SEEDS.map((seed, replicate) => ({
      id: seed,
      label: `test images of ${seed}`,
      replicate,
      n: 500,
      sha256: SHA256,
    })),
  };
}
