import assert from "node:assert/strict";
import { RunError, UsageError } from "../base/mod.ts";
import { type Device, openWasm, openWebGpu } from "../device/mod.ts";
import { differentiate, inferShapes } from "../graph/gradient/mod.ts";
import { writeGraph } from "../graph/mod.ts";
import { engineAgreement } from "./agreement.ts";
import type { Batch, Engine, Trainer, TrainingState, Weights } from "./engine.ts";
import { withWeights } from "./evaluate.ts";
import { imageBatch } from "./image_batches.ts";
import type { OptimiserSettings } from "./optimiser.ts";
import { ortEngine } from "./ort_engine.ts";
import { shuffledBatches } from "./shuffled_batches.ts";
import { cpu, type Extras, halves, halvesNetwork, SGD } from "./testdata/halves.ts";
import { openTfjs } from "./tfjs/mod.ts";
import { LOSS, type TrainingForm, trainingForm } from "./training_form.ts";
import { runsWebGpu, sayIfSkipped } from "../device/testdata/runs_web_gpu.ts";

const BATCH = 8;
const SEED = 5;
const RATE = 0.01;

const ADAMW: OptimiserSettings = {
  method: { name: "adamw", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
  weightDecay: 0.1,
  groups: [{ prefixes: ["conv.bias"], rate: 0, weightDecay: 0 }],
  clipNorm: 1,
};

function formOf(extras: Extras): TrainingForm {
  return trainingForm(halvesNetwork(extras), { batch: BATCH, image: [1, 4, 4] });
}

function batchesOf(form: TrainingForm): Batch[] {
  const source = halves(64, SEED);
  return shuffledBatches(64, BATCH, SEED, 0).map((members) =>
    imageBatch(form, source, members, null, { seed: SEED, epoch: 0 })
  );
}

sayIfSkipped("ortEngine() on webgpu");

const OTHERS: readonly [string, () => Promise<Engine>, boolean][] = [
  ["ort wasm", async () => ortEngine(await openWasm(1)), true],
  ["ort webgpu", async () => ortEngine(await openWebGpu()), runsWebGpu],
  ["tfjs cpu", () => openTfjs("cpu"), true],
];

for (const [name, open, isThere] of OTHERS) {
  for (const extras of [{ dropout: true }, { norm: true, dropout: true }]) {
    const layers = Object.keys(extras).join(" and ");
    Deno.test({
      name: `ortEngine() on cpu gives the loss of ${name} after 20 steps with ${layers}`,
      ignore: !isThere,
      async fn() {
        const other = await open();
        assert.equal(other.name, name);
        const form = formOf(extras);
        const engines = [ortEngine(cpu), other] as const;
        const rows = await engineAgreement(engines, form, SGD, batchesOf(form), RATE, [1, 20]);
        const [start, end] = rows as [typeof rows[0], typeof rows[0]];
        assert.ok(start!.loss <= 1e-5, `loss at the start: ${start!.loss}`);
        assert.ok(start!.gradients <= 1e-4, `gradients at the start: ${start!.gradients}`);
        assert.ok(end!.loss <= 1e-3, `loss after 20 steps: ${end!.loss}`);
      },
    });
  }
}

async function withTrainer<T>(
  engine: Engine,
  form: TrainingForm,
  use: (trainer: Trainer) => Promise<T>,
  optimiser: OptimiserSettings = ADAMW,
): Promise<T> {
  const trainer = await engine.open(form, optimiser);
  try {
    return await use(trainer);
  } finally {
    await trainer.release();
  }
}

async function steps(trainer: Trainer, batches: readonly Batch[]): Promise<number[]> {
  const losses: number[] = [];
  for (const batch of batches) losses.push((await trainer.step(batch, RATE)).loss);
  return losses;
}

// Each operator more costs a software adapter a tenth of a second.
const DEVICES: readonly [string, () => Promise<Device>, OptimiserSettings, boolean][] = [
  ["cpu", () => Promise.resolve(cpu), ADAMW, true],
  ["wasm", () => openWasm(1), ADAMW, true],
  ["webgpu", openWebGpu, SGD, runsWebGpu],
];

for (const [kind, open, optimiser, isThere] of DEVICES) {
  Deno.test({
    name: `restore() on ${kind} goes on as if nothing had been between`,
    ignore: !isThere,
    async fn() {
      const engine = ortEngine(await open());
      const form = formOf({ norm: true, dropout: true });
      const batches = batchesOf(form);
      let middle: TrainingState | undefined;
      const whole = await withTrainer(engine, form, async (trainer) => {
        await steps(trainer, batches.slice(0, 3));
        middle = await trainer.state();
        return { losses: await steps(trainer, batches.slice(3, 6)), state: await trainer.state() };
      }, optimiser);
      assert.equal(middle!.step, 3);
      await withTrainer(engine, form, async (trainer) => {
        await steps(trainer, batches.slice(6));
        await trainer.restore(middle!);
        assert.deepEqual(await trainer.state(), middle);
        assert.deepEqual(await steps(trainer, batches.slice(3, 6)), whole.losses);
        assert.deepEqual(await trainer.state(), whole.state);
      }, optimiser);
      assert.notDeepEqual(middle!.weights, whole.state.weights);
    },
  });
}

Deno.test("state() holds the weights of the form and moments of 0 at the start", () => {
  const form = formOf({ norm: true });
  return withTrainer(ortEngine(cpu), form, async (trainer) => {
    const { step, weights, moments } = await trainer.state();
    assert.equal(step, 0);
    assert.deepEqual(
      [...weights.keys()].sort(),
      [...form.parameters, ...form.statistics.keys()].sort(),
    );
    for (const [name, { dims, data }] of weights) {
      assert.deepEqual({ dims, data }, {
        dims: form.graph.initializers.get(name)!.dims,
        data: form.graph.initializers.get(name)!.data,
      });
    }
    // "conv.bias" is in a group of rate 0.
    const moving = form.parameters.filter((name) => name !== "conv.bias");
    assert.deepEqual(
      [...moments.keys()].sort(),
      moving.flatMap((name) => [`${name}/first`, `${name}/second`]).sort(),
    );
    for (const { data } of moments.values()) assert.ok(data.every((value) => value === 0));
  });
});

/** Gradients of the form as it is, without what the engine rewrites for speed. */
async function plainGradients(form: TrainingForm, batch: Batch, weights: Weights) {
  const { graph } = form;
  const shapes = inferShapes(
    graph,
    new Map(graph.inputs.map(({ name, shape }) => [name, shape as readonly number[]])),
  );
  const { graph: backward, gradients } = differentiate(graph, LOSS, form.parameters, shapes);
  const outputs = [...gradients.values()].map((name) => ({
    name,
    type: "float32" as const,
    shape: undefined,
  }));
  const session = await cpu.open(writeGraph(withWeights({ ...backward, outputs }, weights)));
  try {
    const values = await session.run(batch);
    return new Map([...gradients].map(([name, output]) => [name, values[output]!]));
  } finally {
    await session.release();
  }
}

Deno.test("gradients() gives what differentiation gives, and changes nothing", () => {
  const form = formOf({ norm: true, dropout: true });
  const batches = batchesOf(form);
  return withTrainer(ortEngine(cpu), form, async (trainer) => {
    await steps(trainer, batches.slice(0, 2));
    const before = await trainer.state();
    const found = await trainer.gradients(batches[2]!);
    assert.deepEqual(await trainer.state(), before);
    const wanted = await plainGradients(form, batches[2]!, before.weights);
    assert.deepEqual([...found.keys()], form.parameters);
    const all = [...wanted.values()].flatMap(({ data }) => [...data].map(Math.abs));
    const largest = Math.max(...all);
    for (const [name, { dims, data }] of found) {
      assert.deepEqual(dims, wanted.get(name)!.dims);
      for (const [at, value] of data.entries()) {
        assert.ok(Math.abs(value - wanted.get(name)!.data[at]!) <= 1e-6 * largest, name);
      }
    }
  });
});

Deno.test("restore() refuses a state of another optimiser", () => {
  const form = formOf({});
  return withTrainer(ortEngine(cpu), form, async (trainer) => {
    const before = await trainer.state();
    await assert.rejects(
      () => trainer.restore({ ...before, moments: new Map() }),
      new RunError(
        'Cannot go on training halves: "conv.weight/first" of the state is missing, wanted [4,1,3,3]',
      ),
    );
    const weights = new Map([...before.weights, ["dense.bias", before.weights.get("conv.bias")!]]);
    await assert.rejects(
      () => trainer.restore({ ...before, weights }),
      new RunError(
        'Cannot go on training halves: "dense.bias" of the state is [4], wanted [2]',
      ),
    );
    assert.deepEqual(await trainer.state(), before);
  });
});

Deno.test("open() refuses a group whose prefix fits no parameter", () =>
  assert.rejects(
    async () => {
      const groups = [{ prefixes: ["conf."], rate: 1, weightDecay: 0 }];
      await ortEngine(cpu).open(formOf({}), { ...SGD, groups });
    },
    (error) => error instanceof UsageError && /"conf\.", did you mean "conv"\?/.test(error.message),
  ));

Deno.test("open() refuses a step with a tensor that the device cannot take", async () => {
  const small = { ...cpu, largestTensorBytes: 3000 };
  await assert.rejects(
    () => ortEngine(small).open(formOf({ norm: true }), SGD),
    (error) =>
      error instanceof RunError && /batch of 8: .* wanted at most 2.93 KiB/.test(error.message),
  );
  const enough = { ...cpu, largestTensorBytes: 1e6 };
  await (await ortEngine(enough).open(formOf({ norm: true }), SGD)).release();
});
