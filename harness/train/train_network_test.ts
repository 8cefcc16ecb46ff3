import assert from "node:assert/strict";
import { type Progress, RunError, UsageError, writeAtomically } from "../base/mod.ts";
import { diskOf, inTemporaryFolder, namesIn } from "../base/testdata/disk.ts";
import { CheckpointFile } from "./checkpoint_file.ts";
import type { Weights } from "./engine.ts";
import { evaluate, withWeights } from "./evaluate.ts";
import { CONTEXT, cpu, halves, halvesNetwork, SETTINGS, SGD } from "./testdata/halves.ts";
import { type TrainingContext, type TrainingSettings, trainNetwork } from "./train_network.ts";
import { trainingForm } from "./training_form.ts";

const TRAIN = { train: halves(64, 1), validation: null, augmentation: null };
const VALIDATED = { ...TRAIN, validation: halves(40, 2) };

function train(
  settings: Partial<TrainingSettings>,
  context: Partial<TrainingContext> = {},
  data: Parameters<typeof trainNetwork>[2] = TRAIN,
  network = halvesNetwork({ norm: true, dropout: true }),
) {
  return trainNetwork(network, "logits", data, { ...SETTINGS, ...settings }, {
    ...CONTEXT,
    ...context,
  });
}

function bits(weights: Weights): Record<string, number[]> {
  return Object.fromEntries([...weights].map(([name, { data }]) => [
    name,
    [...new Uint32Array(data.buffer, data.byteOffset, data.length)],
  ]));
}

function checkpointIn(folder: string, write = writeAtomically): CheckpointFile {
  return new CheckpointFile({ path: `${folder}/run`, key: "run", write, warn: assert.fail });
}

Deno.test("trainNetwork() learns what is easily told apart", async () => {
  const { weights, history } = await train({}, {}, VALIDATED);
  assert.deepEqual(history.map(({ epoch, step }) => [epoch, step]), [[1, 8], [2, 16], [3, 24]]);
  const [first, , last] = history as [typeof history[0], unknown, typeof history[0]];
  assert.ok(last!.trainLoss < first!.trainLoss / 4, `${first!.trainLoss} to ${last!.trainLoss}`);
  assert.equal(last!.trainAccuracy, 1);
  assert.equal(last!.validationAccuracy, 1);
  const trained = withWeights(halvesNetwork({ norm: true, dropout: true }), weights);
  const test = await evaluate(cpu, trained, "logits", VALIDATED.validation);
  assert.deepEqual(test, { loss: last!.validationLoss, accuracy: 1 });
});

Deno.test("trainNetwork() gives the same bits with the same seed, others with another", async () => {
  const [a, b, c] = [await train({}), await train({}), await train({ seed: 2 })];
  assert.deepEqual(bits(a.weights), bits(b.weights));
  assert.deepEqual(a.history, b.history);
  for (const [name, values] of Object.entries(bits(c.weights))) {
    assert.notDeepEqual(values, bits(a.weights)[name], name);
  }
});

Deno.test("trainNetwork() leaves the network that it was given as it is", async () => {
  const network = halvesNetwork({ norm: true, dropout: true });
  const before = structuredClone(network.initializers);
  await train({}, {}, VALIDATED, network);
  assert.deepEqual(network.initializers, before);
});

Deno.test("trainNetwork() refuses a batch larger than the data", () =>
  assert.rejects(
    () => train({ batch: 65 }),
    new UsageError("batch larger than the data: found 65, wanted at most 64 images"),
  ));

Deno.test("trainNetwork() refuses to stop early without validation images", () =>
  assert.rejects(
    () => train({ patience: 2 }),
    new UsageError("patience: found 2 without validation images, wanted some to go by"),
  ));

Deno.test("trainNetwork() gives up with epoch and step when the loss is not finite", () =>
  assert.rejects(
    () => train({ schedule: { kind: "constant", base: 1e30 } }, {}, TRAIN, halvesNetwork()),
    (error) => {
      assert.ok(error instanceof RunError);
      assert.match(
        error.message,
        /^Cannot go on training halves: the loss is (NaN|Infinity) in epoch 1, step \d of 8, wanted finite numbers: lower the learning rate, 1e\+30$/,
      );
      return true;
    },
  ));

Deno.test("trainNetwork() keeps the last good checkpoint of a run that diverges later", () =>
  inTemporaryFolder(async (folder) => {
    const checkpoint = checkpointIn(folder);
    // The second epoch is the first with a rate that is too high.
    const schedule = { kind: "step", base: 0.05, everyEpochs: 1, factor: 1e36 } as const;
    await assert.rejects(
      () => train({ schedule }, { checkpoint }),
      /in epoch 2, step \d of 8, .*; the checkpoint of epoch 1 stays$/,
    );
    const form = trainingForm(halvesNetwork({ norm: true, dropout: true }), {
      batch: 8,
      image: [1, 4, 4],
    });
    const kept = await checkpoint.load(form);
    assert.equal(kept!.epoch, 1);
    const alone = await train({ epochs: 1 });
    assert.deepEqual(bits(kept!.state.weights), bits(alone.weights));
  }));

Deno.test("trainNetwork() does not take weights that the last step of an epoch broke", () =>
  inTemporaryFolder(async (folder) => {
    // One batch an epoch, so that no later loss of the epoch tells.
    await assert.rejects(
      () =>
        train(
          {
            batch: 64,
            epochs: 1,
            schedule: { kind: "constant", base: 1e38 },
            optimiser: {
              ...SGD,
              groups: [{ prefixes: ["dense."], rate: 1e10, weightDecay: 0 }],
            },
          },
          { checkpoint: checkpointIn(folder) },
        ),
      (error) => {
        assert.ok(error instanceof RunError);
        assert.match(
          error.message,
          /^Cannot go on training halves: "dense\.\w+" holds .* after epoch 1,/,
        );
        return true;
      },
    );
    assert.deepEqual(namesIn(folder), []);
  }));

Deno.test("trainNetwork() says so when a validation loss is not finite", () => {
  const validation = { ...halves(10, 2), luminance: new Float64Array(10).fill(1e39) };
  return assert.rejects(
    () => train({}, {}, { ...TRAIN, validation }),
    new RunError(
      "Cannot evaluate training halves on its validation images after epoch 1: the loss over 10 " +
        "images is NaN, wanted a finite number",
    ),
  );
});

/** Labels that turn right into wrong: the better a network learns, the larger its validation loss. */
function reversed(count: number) {
  const source = halves(count, 2);
  const labels = source.images.labels.map((label) => 1 - label);
  return { ...source, images: { ...source.images, labels } };
}

Deno.test("trainNetwork() stops early and takes the epoch with the lowest validation loss", async () => {
  const data = { ...TRAIN, validation: reversed(40) };
  const { weights, history } = await train({ epochs: 9, patience: 2 }, {}, data);
  assert.deepEqual(history.map(({ epoch }) => epoch), [1, 2, 3]);
  const losses = history.map(({ validationLoss }) => validationLoss!);
  assert.equal(Math.min(...losses), losses[0]);
  const first = await train({ epochs: 1 });
  assert.deepEqual(bits(weights), bits(first.weights));
});

Deno.test("trainNetwork() does not stop early without patience", async () => {
  const { weights, history } = await train({ epochs: 4 }, {}, {
    ...TRAIN,
    validation: reversed(40),
  });
  assert.equal(history.length, 4);
  assert.deepEqual(bits(weights), bits((await train({ epochs: 4 })).weights));
});

Deno.test("trainNetwork() keeps weights at the steps that are asked for", async () => {
  const network = halvesNetwork({ norm: true, dropout: true });
  const { weights, snapshots } = await train({ snapshots: [0, 8, 11, 24, 1000] });
  assert.deepEqual(snapshots.map(({ step }) => step), [0, 8, 11, 24]);
  const [start, one, within, end] = snapshots.map((snapshot) => bits(snapshot.weights));
  for (const name of Object.keys(start!)) {
    const { data } = network.initializers.get(name)!;
    assert.deepEqual(start![name], [...new Uint32Array((data as Float32Array).buffer)]);
  }
  assert.deepEqual(one, bits((await train({ epochs: 1 })).weights));
  assert.notDeepEqual(within, one);
  assert.deepEqual(end, bits(weights));
});

Deno.test("trainNetwork() leaves frozen layers and their running statistics as they are", async () => {
  const network = halvesNetwork({ norm: true });
  const { weights } = await train({ frozen: ["conv.", "norm."] }, {}, TRAIN, network);
  assert.deepEqual([...weights.keys()].sort(), ["dense.bias", "dense.weight"]);
  const whole = withWeights(network, weights).initializers;
  for (const [name, { data }] of network.initializers) {
    if (name.startsWith("dense.")) assert.notDeepEqual(whole.get(name)!.data, data, name);
    else assert.deepEqual(whole.get(name)!.data, data, name);
  }
});

Deno.test("trainNetwork() leaves groups of rate 0 as they are, but follows their statistics", async () => {
  const network = halvesNetwork({ norm: true });
  const groups = [{ prefixes: ["conv.", "norm."], rate: 0, weightDecay: 0.1 }];
  const { weights } = await train({ optimiser: { ...SGD, groups } }, {}, TRAIN, network);
  for (const [name, { data }] of weights) {
    const moves = name.startsWith("dense.") || name.startsWith("norm.running_");
    const before = network.initializers.get(name)!.data;
    if (moves) assert.notDeepEqual(data, before, name);
    else assert.deepEqual(data, before, name);
  }
});

/** Progress that tells what it hears. */
function heard(): { lines: string[]; progress: Progress } {
  const lines: string[] = [];
  const progress: Progress = {
    begin(label, total, unit) {
      lines.push(`${label}, ${total} ${unit}`);
      return {
        advance: (count, note) => lines.push(`${count}: ${note}`),
        finish: () => lines.push("finished"),
      };
    },
  };
  return { lines, progress };
}

Deno.test("trainNetwork() tells loss and accuracy", async () => {
  const { lines, progress } = heard();
  const { history } = await train({ epochs: 2, batch: 32 }, { progress });
  assert.equal(lines.length, 6);
  assert.equal(lines[0], "training halves, 128 images");
  assert.match(lines[1]!, /^32: epoch 1 of 2, loss \d\.\d{3}, accuracy \d+\.\d %$/);
  const [first] = history;
  const accuracy = (100 * first!.trainAccuracy).toFixed(1);
  assert.equal(
    lines[2],
    `32: epoch 1 of 2, loss ${first!.trainLoss.toFixed(3)}, accuracy ${accuracy} %`,
  );
  assert.equal(lines[5], "finished");
});

Deno.test("trainNetwork() stops between two steps when it is told to, and goes on later", () =>
  inTemporaryFolder(async (folder) => {
    const checkpoint = checkpointIn(folder);
    const stop = new AbortController();
    const progress: Progress = {
      begin() {
        let steps = 0;
        return {
          advance() {
            if (++steps === 11) stop.abort();
            assert.ok(steps <= 11);
          },
          finish() {},
        };
      },
    };
    await assert.rejects(() => train({}, { checkpoint, progress, signal: stop.signal }), {
      name: "AbortError",
    });
    const { lines, progress: later } = heard();
    const resumed = await train({}, { checkpoint, progress: later });
    assert.equal(lines[0], "training halves, 128 images");
    assert.deepEqual(bits(resumed.weights), bits((await train({})).weights));
  }));

Deno.test("trainNetwork() fails and keeps the checkpoint before when the disk is full", () =>
  inTemporaryFolder(async (folder) => {
    await train({ epochs: 1 }, { checkpoint: checkpointIn(folder) });
    const before = Deno.readFileSync(`${folder}/run`);
    const full = checkpointIn(
      folder,
      (path, bytes) => writeAtomically(path, bytes, { create: diskOf(1000) }),
    );
    await assert.rejects(
      () => train({}, { checkpoint: full }),
      (error) => error instanceof RunError && /No space left on device/.test(error.message),
    );
    assert.deepEqual(Deno.readFileSync(`${folder}/run`), before);
    assert.deepEqual(namesIn(folder), ["run"]);
  }));

Deno.test("trainNetwork() has nothing left to do for a run that was at its end", () =>
  inTemporaryFolder(async (folder) => {
    const checkpoint = checkpointIn(folder);
    const settings = { snapshots: [8], patience: 2, epochs: 9 };
    const data = { ...TRAIN, validation: reversed(40) };
    const whole = await train(settings, { checkpoint }, data);
    const { lines, progress } = heard();
    const again = await train(settings, { checkpoint, progress }, data);
    assert.equal(lines.length, 2);
    assert.deepEqual(again.history, whole.history);
    assert.deepEqual(bits(again.weights), bits(whole.weights));
    assert.deepEqual(
      again.snapshots.map(({ step, weights }) => [step, bits(weights)]),
      whole.snapshots.map(({ step, weights }) => [step, bits(weights)]),
    );
  }));
