import assert from "node:assert/strict";
import { createFile, type Progress, RunError, silentProgress } from "../base/mod.ts";
import { inTemporaryFolder, namesIn } from "../base/testdata/disk.ts";
import { openCpu } from "../device/mod.ts";
import type { TrainedNetworkSpec } from "../spec/mod.ts";
import { type Engine, ortEngine, type Weights } from "../train/mod.ts";
import { cellKey } from "./cell.ts";
import { Store } from "./store.ts";
import { halvesSet, RECIPE } from "./testdata/halves_set.ts";
import {
  initialNetwork,
  type PlannedTraining,
  runTraining,
  trainingCell,
  type TrainingPlace,
} from "./training_cell.ts";

const device = await openCpu(1);
const engine = ortEngine(device);

const SPEC: TrainedNetworkSpec = {
  kind: "trained",
  id: "small",
  architecture: "mnist_cnn",
  width: 0.125,
  inputSize: 10,
  inputChannels: 1,
  classes: 2,
  inPaper: false,
  dropout: 0,
  training: "recipe",
  gates: false,
};

const UNPLANNED: Omit<PlannedTraining, "cell"> = {
  networks: ["small"],
  spec: SPEC,
  training: RECIPE,
  set: halvesSet(),
  replicate: 0,
  seed: 4,
  moments: [{ unit: "epochs", count: 1 }, { unit: "steps", count: 0 }, { unit: "steps", count: 3 }],
};

function plan(changes: Partial<typeof UNPLANNED> = {}): PlannedTraining {
  const planned = { ...UNPLANNED, ...changes };
  return { ...planned, cell: trainingCell(planned, engine, device) };
}

/** Runs a test with a store in a new folder, where nothing is to be warned of. */
function inStore(body: (place: TrainingPlace, folder: string) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    using store = await Store.open(folder, assert.fail);
    const { signal } = new AbortController();
    await body({ engine, device, store, progress: silentProgress, signal }, folder);
  });
}

function plain(weights: Weights): Record<string, number[]> {
  return Object.fromEntries([...weights].map(([name, { data }]) => [name, [...data]]));
}

Deno.test("runTraining() trains once, and takes the same from the store afterwards", () =>
  inStore(async (place, folder) => {
    const first = await runTraining(plan(), place);
    assert.equal(first.cached, false);
    const { record } = first.trained;
    assert.deepEqual(
      [record.trainImages, record.validationImages, record.testImages, record.stepsPerEpoch],
      [64, 0, 40, 8],
    );
    assert.deepEqual(record.history.map(({ epoch, step }) => [epoch, step]), [[1, 8], [2, 16]]);
    assert.equal(record.test.accuracy, 1);
    assert.deepEqual(record.snapshots.map(({ step }) => step), [0, 3, 8]);
    const [start, , one] = record.snapshots;
    assert.ok(one!.test.loss < start!.test.loss && record.test.loss < one!.test.loss);
    assert.deepEqual(namesIn(`${folder}/checkpoints`), []);

    const idle: Engine = { name: engine.name, open: () => assert.fail("trains again") };
    const second = await runTraining(plan(), { ...place, engine: idle });
    assert.equal(second.cached, true);
    assert.deepEqual(second.trained.record, record);
    assert.deepEqual(second.trained.weights(), first.trained.weights());
  }));

Deno.test("runTraining() gives the weights of each moment that was asked for", () =>
  inStore(async (place) => {
    const { trained } = await runTraining(plan(), place);
    const first = initialNetwork(SPEC, 4).initializers;
    for (const [name, { data }] of trained.weights({ unit: "steps", count: 0 })) {
      assert.deepEqual(data, first.get(name)!.data);
    }
    const short = { ...RECIPE, epochs: 1 };
    const { trained: one } = await runTraining(plan({ training: short, moments: [] }), place);
    assert.deepEqual(
      plain(trained.weights({ unit: "epochs", count: 1 })),
      plain(one.weights()),
    );
    assert.deepEqual(
      trained.weights({ unit: "steps", count: 8 }),
      trained.weights({ unit: "epochs", count: 1 }),
    );
    assert.notDeepEqual(
      plain(trained.weights({ unit: "steps", count: 3 })),
      plain(trained.weights()),
    );
    assert.throws(
      () => trained.weights({ unit: "epochs", count: 5 }),
      new RunError("Cannot take small after 5 epochs: its training ended before"),
    );
  }));

Deno.test("runTraining() goes on where it was interrupted, and ends in the same bits", () =>
  inStore(async (place, folder) => {
    const stop = new AbortController();
    let steps = 0;
    const counting = (onStep: () => void): Progress => ({
      begin: () => ({ advance: onStep, finish() {} }),
    });
    const interrupted = {
      ...place,
      signal: stop.signal,
      progress: counting(() => void (++steps === 11 && stop.abort())),
    };
    await assert.rejects(() => runTraining(plan(), interrupted), { name: "AbortError" });
    assert.deepEqual(namesIn(`${folder}/checkpoints`), [cellKey(plan().cell)]);
    assert.deepEqual(namesIn(`${folder}/failures`), []);
    steps = 0;
    const { trained } = await runTraining(plan(), { ...place, progress: counting(() => steps++) });
    assert.equal(steps, 8);
    assert.deepEqual(namesIn(`${folder}/checkpoints`), []);
    await inStore(async (other) => {
      const { trained: whole } = await runTraining(plan(), other);
      assert.deepEqual(trained.record, whole.record);
      for (const after of [undefined, ...UNPLANNED.moments]) {
        assert.deepEqual(plain(trained.weights(after)), plain(whole.weights(after)));
      }
    });
  }));

Deno.test("runTraining() does not train again when its result could not be stored", () =>
  inTemporaryFolder(async (folder) => {
    let isFull = false;
    using store = await Store.open(folder, assert.fail, {
      create: (path) =>
        isFull ? Promise.reject(new Error("No space left on device")) : createFile(path),
    });
    const { signal } = new AbortController();
    let steps = 0;
    const progress: Progress = {
      begin: () => ({ advance: () => steps++, finish: () => isFull = true }),
    };
    const place = { engine, device, store, progress, signal };
    await assert.rejects(
      () => runTraining(plan(), place),
      (error) => error instanceof RunError && /No space left/.test(error.message),
    );
    assert.equal(steps, 16);
    assert.deepEqual(namesIn(`${folder}/checkpoints`), [cellKey(plan().cell)]);
    isFull = false;
    steps = 0;
    const counting: Progress = {
      begin: () => ({ advance: () => steps++, finish() {} }),
    };
    const { trained } = await runTraining(plan(), { ...place, progress: counting });
    assert.equal(steps, 0);
    assert.equal(trained.record.history.length, 2);
    assert.deepEqual(namesIn(`${folder}/checkpoints`), []);
  }));

Deno.test("runTraining() records why a training run failed, and keeps nothing of it as a result", () =>
  inStore(async (place, folder) => {
    const wild = plan({
      training: { ...RECIPE, schedule: { kind: "constant", base: 1e30, warmupSteps: 0 } },
    });
    await assert.rejects(
      () => runTraining(wild, place),
      (error) =>
        error instanceof RunError &&
        /^Cannot go on training small: .* in epoch 1, /.test(error.message),
    );
    assert.deepEqual(namesIn(`${folder}/failures`), [`${cellKey(wild.cell)}.json`]);
    assert.equal(await place.store.get(wild.cell), undefined);
  }));

Deno.test("trainingCell() differs with all that can change the weights, and with nothing else", () => {
  const key = (changes: Partial<typeof UNPLANNED>) => cellKey(plan(changes).cell);
  const same = key({});
  assert.equal(key({ training: { ...RECIPE, description: "other words" } }), same);
  assert.equal(key({ spec: { ...SPEC, id: "other", note: "a note", gates: true } }), same);
  assert.equal(key({ networks: ["small", "other"] }), same);
  const others = [
    key({ training: { ...RECIPE, batchSize: 16 } }),
    key({ training: { ...RECIPE, augmentation: [{ kind: "flip" }] } }),
    key({ spec: { ...SPEC, width: 0.25 } }),
    key({ spec: { ...SPEC, dropout: 0.5 } }),
    key({ set: halvesSet(32) }),
    key({ seed: 5 }),
    key({ moments: [] }),
    cellKey(trainingCell(UNPLANNED, { ...engine, name: "tfjs cpu" }, device)),
    cellKey(trainingCell(UNPLANNED, engine, { ...device, threads: 2 })),
    cellKey(trainingCell(UNPLANNED, engine, { ...device, runtime: "onnxruntime-node 0" })),
  ];
  assert.equal(new Set([same, ...others]).size, others.length + 1);
});
