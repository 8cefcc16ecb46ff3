import assert from "node:assert/strict";
import type { Engine, Weights } from "../engine.ts";
import type { OptimiserSettings } from "../optimiser.ts";
import { openTfjs } from "./open_tfjs.ts";
import { smallBatch, smallForm } from "./testdata/small_networks.ts";
import { runsWebGpu, sayIfSkipped } from "../../device/testdata/runs_web_gpu.ts";

const SETTINGS: OptimiserSettings = {
  method: { name: "sgd", momentum: 0.9, nesterov: false },
  weightDecay: 1e-3,
  groups: [],
  clipNorm: 1,
};

/** Weights after two steps. */
async function trained(engine: Engine): Promise<Weights> {
  const trainer = await engine.open(smallForm(), SETTINGS);
  try {
    for (const step of [1, 2]) await trainer.step(smallBatch(step), 0.1);
    return (await trainer.state()).weights;
  } finally {
    await trainer.release();
  }
}

function assertAlike(a: Weights, b: Weights): void {
  assert.deepEqual([...a.keys()], [...b.keys()]);
  for (const [name, { data }] of a) {
    for (const [at, value] of data.entries()) {
      assert.ok(Math.abs(value - b.get(name)!.data[at]!) <= 1e-4, `${name}[${at}]`);
    }
  }
}

Deno.test("openTfjs() keeps TensorFlow.js from advertising on the console", async () => {
  const { warn } = console;
  const lines: unknown[] = [];
  console.warn = (...line) => lines.push(line);
  try {
    await trained(await openTfjs("cpu"));
  } finally {
    console.warn = warn;
  }
  assert.deepEqual(lines, []);
});

Deno.test("openTfjs() gives the same weights to the bit when it trains twice", async () => {
  const engine = await openTfjs("cpu");
  assert.equal(engine.name, "tfjs cpu");
  assert.deepEqual(await trained(engine), await trained(engine));
});

Deno.test("openTfjs() keeps trainers apart that step at the same time", async () => {
  const engine = await openTfjs("cpu");
  const alone = await trained(engine);
  assert.deepEqual(await Promise.all([trained(engine), trained(engine)]), [alone, alone]);
});

sayIfSkipped("openTfjs() on webgpu");

Deno.test({
  name: "openTfjs() trains alike on cpu and webgpu, side by side",
  ignore: !runsWebGpu,
  async fn() {
    const [cpu, webgpu] = [await openTfjs("cpu"), await openTfjs("webgpu")];
    assert.equal(webgpu.name, "tfjs webgpu");
    const [a, b] = await Promise.all([trained(cpu), trained(webgpu)]);
    assertAlike(a, b);
    assert.deepEqual(await trained(cpu), a);
  },
});
