import assert from "node:assert/strict";
import type { NetworkResult, TrainingResult } from "../spec/mod.ts";
import { checkClaims } from "./mod.ts";
import { claim, network } from "./testdata/networks.ts";

type Recipe = NonNullable<NetworkResult["recipe"]>;

const PLAIN: Recipe = { training: "r", after: null, statistics: null, control: null };

function trained(id: string, profile: readonly number[], recipe: Partial<Recipe> = {}) {
  return { ...network(id, profile), recipe: { ...PLAIN, ...recipe } };
}

function verdicts(id: string, networks: NetworkResult[], trainings: TrainingResult[] = []) {
  return checkClaims([claim(id, 1.5)], networks, trainings).map(({ verdict }) => verdict);
}

const FALLING = [13, 12, 11, 10, 8, 6];

Deno.test("ctrl.shuffled compares the last hidden layers of a network and its control", () => {
  const labels = { control: { of: "true", changes: "labels" } } as const;
  const check = (profile: readonly number[]) =>
    verdicts("ctrl.shuffled", [trained("true", FALLING), trained("random", profile, labels)]);
  assert.deepEqual(check([13, 13, 14, 16, 20, 9]), ["reproduced"]);
  assert.deepEqual(check(FALLING), ["not reproduced"]);
});

Deno.test("ctrl.luminance asks for a lower input, a rise, and the same last hidden layer", () => {
  const light = { control: { of: "true", changes: "luminance" } } as const;
  const check = (profile: readonly number[]) =>
    verdicts("ctrl.luminance", [trained("true", FALLING), trained("star", profile, light)]);
  assert.deepEqual(check([3, 3, 5, 9, 8, 6]), ["reproduced", "reproduced", "reproduced"]);
  assert.deepEqual(check([20, 19, 18, 17, 16, 6]), [
    "not reproduced",
    "not reproduced",
    "not reproduced",
  ]);
});

Deno.test("a control whose partner is not in the run gives no result", () => {
  const labels = { control: { of: "absent", changes: "labels" } } as const;
  assert.deepEqual(verdicts("ctrl.shuffled", [trained("random", FALLING, labels)]), []);
});

function run(ids: readonly string[]): TrainingResult {
  return {
    networks: [...ids],
    replicate: 0,
    data: "images",
    recipe: "r",
    engine: "ort cpu",
    trainImages: 100,
    validationImages: 0,
    testImages: 10,
    stepsPerEpoch: 50,
    history: [1, 2, 4].map((epoch) => ({
      epoch,
      step: 50 * epoch,
      learningRate: 0.1,
      trainLoss: 1,
      trainAccuracy: 0.5,
      validationLoss: null,
      validationAccuracy: null,
    })),
    test: { loss: 1, accuracy: 0.5 },
    snapshots: [],
  };
}

/** Networks at steps 0, 10, 50 (the first epoch) and at the end, with these last hidden IDs. */
function course(
  ids: readonly number[],
): { networks: NetworkResult[]; trainings: TrainingResult[] } {
  const moments: Recipe["after"][] = [
    { unit: "steps", count: 0 },
    { unit: "epochs", count: 1 },
    { unit: "steps", count: 10 },
    null,
  ];
  const [start, epoch, ten, end] = ids as [number, number, number, number];
  const networks = [start, ten, epoch, end].map((id, at) =>
    trained(`at-${at}`, [15, 20, id, 5], { after: moments[[0, 2, 1, 3][at]!]! })
  );
  return { networks: networks.toReversed(), trainings: [run(networks.map(({ id }) => id))] };
}

Deno.test("dyn.training wants a drop and then a rise, in the order of the steps", () => {
  const check = (ids: readonly number[]) => {
    const { networks, trainings } = course(ids);
    return checkClaims([claim("dyn.training", 1.5)], networks, trainings);
  };
  const [drop, rise] = check([14, 5, 4, 7]);
  assert.deepEqual([drop!.verdict, rise!.verdict], ["reproduced", "reproduced"]);
  assert.match(drop!.explanation, /0: 1[34].*10: [34].*50: [45].*200: [67]/);
  assert.deepEqual(check([14, 5, 6, 5]).map(({ verdict }) => verdict)[1], "not reproduced");
  assert.deepEqual(check([5, 5, 5, 5]).map(({ verdict }) => verdict)[0], "not reproduced");
});

Deno.test("dyn.training needs a run with at least three moments", () => {
  const { networks } = course([14, 5, 4, 7]);
  assert.deepEqual(verdicts("dyn.training", networks, [run(["at-0", "at-3"])]), []);
});
