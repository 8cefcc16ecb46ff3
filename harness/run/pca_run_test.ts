import assert from "node:assert/strict";
import { sha256, silentProgress } from "../base/mod.ts";
import { chooseDevice } from "../device/mod.ts";
import { experimentSchema, type LoadedExperiment } from "../spec/mod.ts";
import { cellKey } from "./cell.ts";
import { chooseEngine } from "./choose_engine.ts";
import { planCells } from "./plan_cells.ts";
import { runExperiment } from "./run_experiment.ts";
import { Store } from "./store.ts";

const PCA = { nullBlocks: [1, 2], nullRepeats: 2 };

/** A small untrained network on a few objects. */
function loaded(pca?: Record<string, unknown>): LoadedExperiment {
  const experiment = experimentSchema.parse({
    id: "x",
    title: "t",
    summary: "s",
    paper: "p",
    figure: "f",
    kind: "id-profile",
    seed: 1,
    profiles: {
      embedded: {
        description: "d",
        networks: [{
          kind: "untrained",
          id: "net",
          architecture: "vgg_objects",
          inputSize: 32,
          classes: 4,
        }],
        data: {
          objects: {
            set: "objects",
            size: 32,
            objects: 4,
            views: 15,
            veil: false,
            testShare: 0.2,
            preprocessing: {
              shortSide: null,
              crop: 32,
              mean: [0.1, 0.1, 0.1],
              std: [0.2, 0.2, 0.2],
            },
          },
        },
        samples: 60,
        ...(pca && { pca }),
      },
    },
    claims: [
      { id: "pca.gap", severity: "gate", threshold: 3, expected: "e", why: "w", source: "s" },
    ],
  });
  return { experiment, file: "x.json", sha256: () => sha256("x") };
}

const chosen = await chooseDevice("cpu", 1);
const engine = await chooseEngine("ort", chosen.device);
const request = {
  profile: undefined,
  seed: undefined,
  samples: undefined,
  networks: undefined,
  replicates: undefined,
  dataRoot: ".",
};

async function planned(pca?: Record<string, unknown>) {
  const { cells } = await planCells(loaded(pca), request, chosen, engine);
  return cells[0]!.cell;
}

Deno.test("planCells() names PCA in the keys of cells that have it, and leaves others as they were", async () => {
  const plain = await planned();
  assert.ok(!("pca" in plain.parameters));
  const keys = [plain, await planned(PCA), await planned({ ...PCA, nullRepeats: 3 })].map(cellKey);
  assert.equal(new Set(keys).size, 3);
});

Deno.test("runExperiment() gives linear dimensions where the profile asks for them", async () => {
  const folder = await Deno.makeTempDir();
  try {
    using store = await Store.open(folder, () => {});
    const context = {
      store,
      memoryBytes: 2 ** 30,
      progress: silentProgress,
      signal: new AbortController().signal,
    };
    const run = (pca?: typeof PCA) =>
      runExperiment({ loaded: loaded(pca), request, chosen, engine, command: "c" }, context);
    const { networks: [network], claims } = await run(PCA);
    for (const layer of network!.layers) {
      assert.ok(layer.groups[0]!.pca!.n90 < 60);
      assert.equal(layer.mean["pca.n90"], layer.groups[0]!.pca!.n90);
    }
    const nulls = network!.layers.filter(({ groups }) => groups[0]!.pca!.gaussian_null);
    assert.deepEqual(nulls.map(({ name }) => name), ["fc2"]);
    assert.equal(network!.paperPca, undefined);
    assert.deepEqual(claims, []);

    const plain = await run();
    assert.ok(plain.networks[0]!.layers.every(({ groups }) => groups[0]!.pca === undefined));
    assert.equal(plain.environment.cells.computed, 1);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
