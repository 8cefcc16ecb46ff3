import assert from "node:assert/strict";
import { RunError, writeAtomically } from "../../base/mod.ts";
import { inTemporaryFolder, namesIn } from "../../base/testdata/disk.ts";
import type { Weights } from "../../train/mod.ts";
import { ProtoCheckpointFile, type ProtoRunState } from "./proto_checkpoint.ts";

const WEIGHTS: Weights = new Map([
  ["prototypes", { dims: [2, 1, 1, 1], data: Float32Array.of(0.25, -0) }],
]);

const MOMENTS: Weights = new Map([
  ["prototypes/first", { dims: [2, 1, 1, 1], data: Float32Array.of(1, 2) }],
]);

const STATE: ProtoRunState = {
  epochs: 3,
  weights: WEIGHTS,
  optimiser: { step: 12, moments: MOMENTS },
  lastLayer: { step: 4, moments: MOMENTS },
  history: [{
    epoch: 2,
    stage: "push",
    iteration: null,
    trainLoss: null,
    trainAccuracy: null,
    metrics: {},
    validationLoss: 0.5,
    validationAccuracy: 0.75,
  }],
  best: {
    epoch: 2,
    lastLayerEpochs: 0,
    validationAccuracy: 0.75,
    validationLoss: 0.5,
    projection: {
      epoch: 2,
      sources: [{ image: 5, cell: 3, distance: 0.125 }, { image: 1, cell: 0, distance: 0 }],
      duplicates: 1,
      identical: [{ label: 0, count: 2 }],
    },
    weights: WEIGHTS,
  },
};

function fileIn(folder: string, key = "run") {
  const warnings: string[] = [];
  const file = new ProtoCheckpointFile({
    path: `${folder}/run`,
    key,
    write: async (path, bytes) => void await writeAtomically(path, bytes),
    warn: (message) => warnings.push(message),
  });
  return { file, warnings };
}

Deno.test("ProtoCheckpointFile gives back what it saved, before and after a projection", () =>
  inTemporaryFolder(async (folder) => {
    const { file } = fileIn(folder);
    assert.equal(await file.load(WEIGHTS), undefined);
    await file.save(STATE);
    assert.deepEqual(await file.load(WEIGHTS), STATE);
    const early = { ...STATE, history: [], lastLayer: undefined, best: undefined };
    await file.save(early);
    assert.deepEqual(await file.load(WEIGHTS), early);
    await file.remove();
    await file.remove();
    assert.deepEqual(namesIn(folder), []);
  }));

Deno.test("ProtoCheckpointFile refuses another run's and another network's", () =>
  inTemporaryFolder(async (folder) => {
    await fileIn(folder).file.save(STATE);
    await assert.rejects(
      fileIn(folder, "other").file.load(WEIGHTS),
      new RunError(`${folder}/run: checkpoint of the training run run, wanted other`),
    );
    const wider = new Map([["prototypes", { dims: [3, 1, 1, 1], data: new Float32Array(3) }]]);
    await assert.rejects(
      fileIn(folder).file.load(wider),
      /checkpoint of another network: "prototypes" is \[2,1,1,1\], wanted \[3,1,1,1\]/,
    );
  }));

Deno.test("ProtoCheckpointFile sets a damaged file aside", () =>
  inTemporaryFolder(async (folder) => {
    const { file, warnings } = fileIn(folder);
    await file.save(STATE);
    const bytes = await Deno.readFile(`${folder}/run`);
    bytes[bytes.length - 40]! ^= 1;
    await Deno.writeFile(`${folder}/run`, bytes);
    assert.equal(await file.load(WEIGHTS), undefined);
    assert.match(warnings[0]!, /SHA-256 does not match.*the training starts again/);
    assert.deepEqual(namesIn(folder), ["run.damaged"]);
  }));
