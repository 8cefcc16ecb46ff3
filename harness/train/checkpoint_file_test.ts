import assert from "node:assert/strict";
import { RunError, writeAtomically } from "../base/mod.ts";
import { inTemporaryFolder, namesIn } from "../base/testdata/disk.ts";
import { CheckpointFile, type CheckpointPlace } from "./checkpoint_file.ts";
import type { TrainingState } from "./engine.ts";
import { encodeTensors } from "./tensor_file.ts";
import { halvesNetwork } from "./testdata/halves.ts";
import { trainingForm } from "./training_form.ts";

const FORM = trainingForm(halvesNetwork(), { batch: 2, image: [1, 4, 4] });

const WEIGHTS = new Map(FORM.parameters.map((name) => {
  const { dims, data } = FORM.graph.initializers.get(name)!;
  return [name, { dims, data: new Float32Array(data as Float32Array) }];
}));
const STATE: TrainingState = { step: 5, weights: WEIGHTS, moments: new Map() };
const SAVED = { epoch: 1, state: STATE, history: [], snapshots: [], best: null };

/** Runs a test on the file of a run in a new folder. */
function withFile(
  body: (file: CheckpointFile, place: CheckpointPlace, warnings: string[]) => Promise<void>,
): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const warnings: string[] = [];
    const place = {
      path: `${folder}/run`,
      key: "key of the run",
      write: writeAtomically,
      warn: (message: string) => void warnings.push(message),
    };
    await body(new CheckpointFile(place), place, warnings);
  });
}

Deno.test("CheckpointFile.load() gives what save() took, and nothing before or after", () =>
  withFile(async (file, _, warnings) => {
    assert.equal(await file.load(FORM), undefined);
    await file.save(SAVED);
    await file.save({ ...SAVED, epoch: 2 });
    assert.deepEqual(await file.load(FORM), { key: "key of the run", ...SAVED, epoch: 2 });
    await file.remove();
    await file.remove();
    assert.equal(await file.load(FORM), undefined);
    assert.deepEqual(warnings, []);
  }));

Deno.test("CheckpointFile.load() refuses the checkpoint of another architecture, and leaves it", () =>
  withFile(async (file, { path }) => {
    await file.save(SAVED);
    const other = trainingForm(halvesNetwork({ norm: true }), { batch: 2, image: [1, 4, 4] });
    await assert.rejects(
      () => file.load(other),
      new RunError(
        `${path}: checkpoint of another architecture than halves: lacks "norm.weight" [4]; ` +
          'lacks "norm.bias" [4]; lacks "norm.running_mean" [4]; lacks "norm.running_var" [4]',
      ),
    );
    assert.equal((await file.load(FORM))!.epoch, 1);
  }));

Deno.test("CheckpointFile.load() refuses the checkpoint of another run, and leaves it", () =>
  withFile(async (file, place) => {
    await file.save(SAVED);
    await assert.rejects(
      () => new CheckpointFile({ ...place, key: "other key" }).load(FORM),
      new RunError(
        `${place.path}: checkpoint of the training run key of the run, wanted other key`,
      ),
    );
    assert.equal((await file.load(FORM))!.epoch, 1);
  }));

const DAMAGES: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  "is empty": () => new Uint8Array(),
  "was cut": (bytes) => bytes.subarray(0, bytes.length - 1),
  "has a flipped bit": (bytes) => bytes.with(200, bytes[200]! ^ 4),
  "holds other tensors": () => encodeTensors({ about: { key: "x" }, tensors: new Map() }),
};

for (const [damage, apply] of Object.entries(DAMAGES)) {
  Deno.test(`CheckpointFile.load() sets a file aside that ${damage}`, () =>
    withFile(async (file, { path }, warnings) => {
      await file.save(SAVED);
      const damaged = apply(Deno.readFileSync(path));
      Deno.writeFileSync(path, damaged);
      assert.equal(await file.load(FORM), undefined);
      assert.deepEqual(Deno.readFileSync(`${path}.damaged`), damaged);
      assert.equal(warnings.length, 1);
      assert.ok(warnings[0]!.startsWith(`${path}: `));
      assert.ok(
        warnings[0]!.endsWith(`; moved to ${path}.damaged, the training starts again`),
        warnings[0],
      );
      await file.save(SAVED);
      assert.equal((await file.load(FORM))!.epoch, 1);
      assert.deepEqual(namesIn(path.slice(0, -"/run".length)), ["run", "run.damaged"]);
    }));
}

Deno.test("CheckpointFile.load() says so when the file cannot be read", () =>
  withFile(async (file, { path }) => {
    Deno.mkdirSync(path);
    await assert.rejects(
      () => file.load(FORM),
      (error) => error instanceof RunError && error.message.startsWith(`${path}: cannot be read: `),
    );
  }));
