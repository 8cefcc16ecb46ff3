import assert from "node:assert/strict";
import { silentProgress } from "../base/mod.ts";
import { chooseDevice } from "../device/mod.ts";
import { experimentSchema, type LoadedExperiment } from "../spec/mod.ts";
import { chooseEngine } from "./choose_engine.ts";
import { runExperiment } from "./run_experiment.ts";
import { Store } from "./store.ts";

/** Six objects, a narrow network, two epochs: everything that a trained network goes through, small. */
function tiny(): LoadedExperiment {
  const net = { architecture: "vgg_objects_bn", inputSize: 16, classes: 6, width: 0.25 };
  const experiment = experimentSchema.parse({
    id: "tiny",
    title: "t",
    summary: "s",
    paper: "p",
    figure: "f",
    kind: "id-profile",
    seed: 5,
    profiles: {
      embedded: {
        description: "d",
        networks: [
          { kind: "trained", id: "end", training: "short", ...net },
          {
            kind: "trained",
            id: "middle",
            training: "short",
            after: { unit: "epochs", count: 1 },
            ...net,
          },
          { kind: "untrained", id: "start", ...net },
          { kind: "untrained", id: "calibrated", statistics: "calibrated", ...net },
        ],
        data: {
          veiled: {
            set: "objects",
            size: 16,
            objects: 6,
            views: 20,
            veil: true,
            testShare: 0.2,
            preprocessing: {
              shortSide: null,
              crop: 16,
              mean: [0.3, 0.3, 0.3],
              std: [0.25, 0.25, 0.25],
            },
          },
        },
        trainings: {
          short: {
            description: "d",
            epochs: 2,
            batchSize: 16,
            method: { name: "sgd", momentum: 0.9 },
            schedule: { kind: "cosine", base: 0.02 },
            augmentation: [{ kind: "shift", pixels: 1 }, { kind: "veil" }],
            validationShare: 0.25,
          },
        },
        replicates: 2,
        agreement: { networks: ["end"], batchSize: 4 },
        samples: 60,
        batchSize: 20,
      },
    },
    claims: [{
      id: "hunch.interior-peak",
      severity: "gate",
      threshold: 1.5,
      expected: "e",
      why: "w",
      source: "s",
    }],
  });
  return { experiment, file: "tiny.json", sha256: () => "0".repeat(64) };
}

Deno.test("runExperiment() trains once for all moments, compares the engines, and caches", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const chosen = await chooseDevice("cpu", 2);
    const engine = await chooseEngine("ort", chosen.device);
    const request = {
      profile: undefined,
      seed: undefined,
      samples: undefined,
      replicates: undefined,
      networks: undefined,
      dataRoot: folder,
    };
    using store = await Store.open(folder, assert.fail);
    const run = () =>
      runExperiment({ loaded: tiny(), request, chosen, engine, command: "c" }, {
        store,
        memoryBytes: 2 ** 28,
        progress: silentProgress,
        signal: new AbortController().signal,
      });
    const first = await run();

    assert.equal(first.trainings.length, 2);
    const [a, b] = first.trainings;
    assert.deepEqual(a!.networks, ["end", "middle"]);
    assert.deepEqual(a!.snapshots.map(({ step }) => step), [a!.stepsPerEpoch]);
    assert.deepEqual([a!.trainImages, a!.validationImages, a!.testImages], [72, 24, 24]);
    assert.notEqual(a!.history[0]!.trainLoss, b!.history[0]!.trainLoss);

    assert.deepEqual(first.agreement.map(({ engines }) => engines), [
      ["ort cpu", "tfjs cpu"],
      ["ort cpu", "ort cpu from nudged weights"],
    ]);
    for (const { steps } of first.agreement) {
      assert.ok(steps[0]!.gradients < 1e-4 && steps[0]!.loss < 1e-5);
    }

    const curve = (id: string) =>
      first.networks.find((network) => network.id === id)!.layers
        .map((layer) => layer.groups.map(({ estimates }) => estimates.twonn_fit.value));
    assert.deepEqual(curve("end")[0], curve("start")[0], "the same images");
    for (const other of ["middle", "start", "calibrated"]) {
      assert.notDeepEqual(curve("end")[1], curve(other)[1], other);
    }
    assert.equal(first.environment.cells.computed, 8 + 2 + 2);

    const second = await run();
    assert.equal(second.environment.cells.cached, 12);
    assert.deepEqual(second.networks, first.networks);
    assert.deepEqual(second.trainings, first.trainings);
    assert.deepEqual(second.agreement, first.agreement);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
