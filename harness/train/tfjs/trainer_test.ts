import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { RunError, UsageError } from "../../base/mod.ts";
import type { Trainer, TrainingState, Weights } from "../engine.ts";
import type { OptimiserSettings } from "../optimiser.ts";
import { openTfjs } from "./open_tfjs.ts";
import { smallBatch, smallForm } from "./testdata/small_networks.ts";

const engine = await openTfjs("cpu");

const MOMENTUM: OptimiserSettings = {
  method: { name: "sgd", momentum: 0.9, nesterov: false },
  weightDecay: 1e-3,
  groups: [{ prefixes: ["dense."], rate: 2, weightDecay: 0 }],
  clipNorm: null,
};

const ADAMW: OptimiserSettings = {
  method: { name: "adamw", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
  weightDecay: 0.1,
  groups: [],
  clipNorm: 1,
};

async function withTrainer(
  settings: OptimiserSettings,
  use: (trainer: Trainer) => Promise<void>,
): Promise<void> {
  const trainer = await engine.open(smallForm(), settings);
  try {
    await use(trainer);
  } finally {
    await trainer.release();
  }
}

async function train(trainer: Trainer, from: number, to: number): Promise<TrainingState> {
  for (let step = from; step < to; step++) await trainer.step(smallBatch(step), 0.1 / (step + 1));
  return await trainer.state();
}

function plain(weights: Weights): Record<string, number[]> {
  return Object.fromEntries([...weights].map(([name, { data }]) => [name, [...data]]));
}

for (const settings of [MOMENTUM, ADAMW]) {
  Deno.test(`restore() goes on as if nothing had been between with ${settings.method.name}`, async () => {
    let middle: TrainingState | undefined;
    let end: TrainingState | undefined;
    await withTrainer(settings, async (trainer) => {
      middle = await train(trainer, 0, 2);
      end = await train(trainer, 2, 4);
    });
    await withTrainer(settings, async (trainer) => {
      await train(trainer, 7, 8);
      await trainer.restore(middle!);
      assert.deepEqual(await trainer.state(), middle);
      assert.deepEqual(await train(trainer, 2, 4), end);
    });
    assert.equal(end!.step, 4);
    assert.notDeepEqual(plain(middle!.weights), plain(end!.weights));
  });

  Deno.test(`step() leaves no tensor behind with ${settings.method.name}`, async () => {
    const before = tf.memory().numTensors;
    await withTrainer(settings, async (trainer) => {
      await train(trainer, 0, 1);
      const held = tf.memory().numTensors;
      const state = await train(trainer, 1, 4);
      assert.equal(tf.memory().numTensors, held);
      await trainer.gradients(smallBatch(1));
      await trainer.restore(state);
      assert.equal(tf.memory().numTensors, held);
    });
    assert.equal(tf.memory().numTensors, before);
  });
}

Deno.test("state() holds parameters, running statistics and moments from the start on", () =>
  withTrainer(MOMENTUM, async (trainer) => {
    const { step, weights, moments } = await trainer.state();
    const { parameters, statistics, graph } = smallForm();
    assert.equal(step, 0);
    assert.deepEqual(
      [...weights.keys()].sort(),
      [...parameters, ...statistics.keys()].sort(),
    );
    for (const [name, { dims, data }] of weights) {
      assert.deepEqual(dims, graph.initializers.get(name)!.dims);
      assert.deepEqual(data, graph.initializers.get(name)!.data);
    }
    assert.deepEqual(
      [...moments.keys()].sort(),
      parameters.map((name) => `${name}/velocity`).sort(),
    );
    for (const { data } of moments.values()) assert.ok(data.every((value) => value === 0));
  }));

Deno.test("gradients() changes nothing", () =>
  withTrainer(MOMENTUM, async (trainer) => {
    const before = await train(trainer, 0, 1);
    const gradients = await trainer.gradients(smallBatch(1));
    assert.deepEqual([...gradients.keys()], smallForm().parameters);
    assert.deepEqual(await trainer.state(), before);
  }));

Deno.test("step() moves the running statistics a tenth of the way to those of the batch", () =>
  withTrainer(MOMENTUM, async (trainer) => {
    const { data: images } = smallBatch(0)["images"]!;
    const { initializers } = smallForm().graph;
    const weight = initializers.get("conv.weight")!.data as Float32Array;
    const bias = initializers.get("conv.bias")!.data as Float32Array;
    const { weights } = await train(trainer, 0, 1);
    for (let channel = 0; channel < 4; channel++) {
      const values = convolved(images, weight.subarray(18 * channel, 18 * channel + 18))
        .map((value) => value + bias[channel]!);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      const variance = squares / (values.length - 1);
      const foundMean = weights.get("norm.running_mean")!.data[channel]!;
      const foundVariance = weights.get("norm.running_var")!.data[channel]!;
      assert.ok(Math.abs(foundMean - 0.1 * mean) < 1e-6);
      assert.ok(Math.abs(foundVariance - (0.9 + 0.1 * variance)) < 1e-6);
    }
  }));

/** The 5 images of 2 x 6 x 6 with a border of 1, convolved with one kernel of 2 x 3 x 3. */
function convolved(images: Float32Array, kernel: Float32Array): number[] {
  return Array.from({ length: 5 * 36 }, (_, at) => {
    const [image, row, column] = [Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6];
    let sum = 0;
    for (const [offset, weight] of kernel.entries()) {
      const [channel, a, b] = [Math.floor(offset / 9), Math.floor(offset / 3) % 3, offset % 3];
      const [y, x] = [row + a - 1, column + b - 1];
      if (y < 0 || y > 5 || x < 0 || x > 5) continue;
      sum += weight * images[((image * 2 + channel) * 6 + y) * 6 + x]!;
    }
    return sum;
  });
}

Deno.test("step() refuses a batch of another shape", () =>
  withTrainer(MOMENTUM, async (trainer) => {
    const { images: _images, ...rest } = smallBatch(1);
    await assert.rejects(
      () => trainer.step(rest, 0.1),
      new RunError(
        'Cannot train small: its input "images" is not in the batch, wanted [5,2,6,6]',
      ),
    );
    const data = new Float32Array(144);
    await assert.rejects(
      () => trainer.step({ ...rest, images: { dims: [2, 2, 6, 6], data } }, 0.1),
      new RunError('Cannot train small: its input "images" is [2,2,6,6], wanted [5,2,6,6]'),
    );
    assert.equal((await trainer.state()).step, 0);
  }));

Deno.test("restore() refuses a state of another optimiser", async () => {
  let state: TrainingState | undefined;
  await withTrainer(MOMENTUM, async (trainer) => {
    state = await trainer.state();
  });
  await withTrainer(ADAMW, async (trainer) => {
    const before = await train(trainer, 0, 1);
    await assert.rejects(
      () => trainer.restore(state!),
      new RunError(
        'Cannot go on training small: "conv.weight/first" of the state is missing, wanted [4,2,3,3]',
      ),
    );
    assert.deepEqual(await trainer.state(), before);
  });
});

Deno.test("open() refuses a group whose prefix fits no parameter", () =>
  assert.rejects(
    () =>
      engine.open(smallForm(), {
        ...MOMENTUM,
        groups: [{ prefixes: ["head."], rate: 1, weightDecay: 0 }],
      }),
    (error) => error instanceof UsageError && error.message.includes('starts with "head."'),
  ));
