import assert from "node:assert/strict";
import { openCpu } from "../device/mod.ts";
import { engineAgreement } from "./agreement.ts";
import type { Engine, Trainer } from "./engine.ts";
import type { OptimiserSettings } from "./optimiser.ts";
import { ortEngine } from "./ort_engine.ts";
import { openTfjs } from "./tfjs/mod.ts";
import { smallBatch, smallForm } from "./tfjs/testdata/small_networks.ts";

const SGD: OptimiserSettings = {
  method: { name: "sgd", momentum: 0.9, nesterov: true },
  weightDecay: 1e-3,
  groups: [{ prefixes: ["dense."], rate: 2, weightDecay: 0 }],
  clipNorm: 5,
};

const ADAM: OptimiserSettings = {
  method: { name: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  weightDecay: 0,
  groups: [],
  clipNorm: null,
};

const BATCHES = [1, 2, 3].map(smallBatch);

/** Gives what it is told, and notes what it is asked. */
function scripted(
  name: string,
  losses: readonly number[],
  gradient: readonly number[],
  calls: string[],
): Engine {
  return {
    name,
    open() {
      let taken = 0;
      const trainer: Trainer = {
        step(batch, learningRate) {
          calls.push(`${name} step ${Object.keys(batch)} ${learningRate}`);
          const data = Float32Array.of(1, -4 - taken);
          return Promise.resolve({
            loss: losses[taken++]!,
            metrics: new Map(),
            logits: { dims: [1, 2], data },
          });
        },
        gradients(batch) {
          calls.push(`${name} gradients ${Object.keys(batch)}`);
          return Promise.resolve(
            new Map(gradient.map((value, at) => [
              `w${at}`,
              { dims: [1], data: Float32Array.of(value) },
            ])),
          );
        },
        state: () => Promise.reject(new Error("not asked for")),
        restore: () => Promise.reject(new Error("not asked for")),
        release() {
          calls.push(`${name} release`);
          return Promise.resolve();
        },
      };
      return Promise.resolve(trainer);
    },
  };
}

Deno.test("engineAgreement() gives differences relative to the first engine", async () => {
  const calls: string[] = [];
  const a = scripted("a", [2, 4, 8], [1, -8], calls);
  const b = scripted("b", [2, 3, 6], [3, -8], calls);
  const empty = { dims: [], data: new Float32Array(1) };
  const batches = [{ one: empty }, { two: empty }];
  let steps = 0;
  const rows = await engineAgreement(
    [a, b],
    smallForm(),
    SGD,
    batches,
    0.5,
    [1, 3],
    undefined,
    () => {
      steps++;
    },
  );
  assert.deepEqual(rows, [
    { step: 1, loss: 0, gradients: 0.25, logits: 0 },
    { step: 3, loss: 0.25, gradients: 0.25, logits: 0 },
  ]);
  assert.equal(steps, 3);
  assert.deepEqual(calls, [
    "a gradients one",
    "a step one 0.5",
    "b gradients one",
    "b step one 0.5",
    "a step two 0.5",
    "b step two 0.5",
    "a gradients one",
    "a step one 0.5",
    "b gradients one",
    "b step one 0.5",
    "a release",
    "b release",
  ]);
});

Deno.test("engineAgreement() does not hide a loss that is not a number", async () => {
  const [a, b] = [scripted("a", [2], [1], []), scripted("b", [NaN], [1], [])];
  const [row] = await engineAgreement([a, b], smallForm(), SGD, BATCHES, 0.1, [1]);
  assert.ok(Number.isNaN(row!.loss));
});

Deno.test("engineAgreement() stops between two steps and releases both trainers", async () => {
  const calls: string[] = [];
  const [a, b] = [scripted("a", [1, 1], [1], calls), scripted("b", [1, 1], [1], calls)];
  const stop = new AbortController();
  await assert.rejects(
    () =>
      engineAgreement([a, b], smallForm(), SGD, BATCHES, 0.1, [2], stop.signal, () => stop.abort()),
    { name: "AbortError" },
  );
  assert.deepEqual(calls.filter((call) => !call.includes("step")), ["a release", "b release"]);
  assert.equal(calls.length, 4);
});

for (const optimiser of [SGD, ADAM]) {
  const { name } = optimiser.method;
  Deno.test(`engineAgreement() finds both engines alike to rounding with ${name}`, async () => {
    const engines = [ortEngine(await openCpu(1)), await openTfjs("cpu")] as const;
    const rows = await engineAgreement(engines, smallForm(), optimiser, BATCHES, 0.01, [1, 10]);
    assert.deepEqual(rows.map(({ step }) => step), [1, 10]);
    for (const { step, loss, gradients, logits } of rows) {
      const tolerance = step === 1 ? 1e-5 : 1e-3;
      assert.ok(loss <= tolerance, `loss at step ${step}: ${loss}`);
      assert.ok(gradients <= tolerance, `gradients at step ${step}: ${gradients}`);
      assert.ok(logits <= tolerance, `logits at step ${step}: ${logits}`);
    }
  });
}

Deno.test("engineAgreement() tells two optimisers apart", async () => {
  const engine = await openTfjs("cpu");
  const other: Engine = {
    name: "other optimiser",
    open: (form, optimiser) => engine.open(form, { ...optimiser, weightDecay: 0.5 }),
  };
  const rows = await engineAgreement([engine, other], smallForm(), SGD, BATCHES, 0.1, [1, 3]);
  assert.deepEqual({ ...rows[0]! }, { step: 1, loss: 0, gradients: 0, logits: 0 });
  assert.ok(rows[1]!.loss > 1e-3 && rows[1]!.gradients > 1e-3 && rows[1]!.logits > 1e-3);
});
