import assert from "node:assert/strict";
import { shift } from "../../datasets/augment/mod.ts";
import { buildNetwork } from "../nets/mod.ts";
import { type BatchSource, type BatchSourceOptions, openBatchSource } from "./batch_source.ts";
import { splitFrozen } from "./split_frozen.ts";
import { ortEngine } from "./ort_engine.ts";
import { CONTEXT, cpu, halves, halvesNetwork, SETTINGS, SGD } from "./testdata/halves.ts";
import { trainNetwork } from "./train_network.ts";
import { trainingForm } from "./training_form.ts";

const NETWORK = halvesNetwork({ norm: true });
const IMAGES = halves(60, 1);
const AUGMENTATION = shift({ width: 4, height: 4, channels: 1 }, 1);
const TRAINING = { trained: ["dense."] };

const OPTIONS: BatchSourceOptions = {
  images: IMAGES,
  augmentation: AUGMENTATION,
  copies: 2,
  seed: 1,
  training: TRAINING,
  device: cpu,
};

async function logitsOf(source: BatchSource, epoch: number, members = [3, 59, 0]) {
  const form = trainingForm(source.network, {
    batch: 3,
    image: source.dims,
    logits: "logits",
    ...TRAINING,
  });
  const batch = await source.batch(form, Int32Array.from(members), epoch);
  const trainer = await ortEngine(cpu).open(form, SGD);
  try {
    return [...(await trainer.step(batch, 0)).logits.data];
  } finally {
    await trainer.release();
  }
}

function near(a: readonly number[], b: readonly number[]): void {
  assert.equal(a.length, b.length);
  for (const [i, value] of a.entries()) assert.ok(Math.abs(value - b[i]!) < 1e-5);
}

Deno.test("splitFrozen() cuts at the last value that nothing trained makes", () => {
  const { value, prefix, rest } = splitFrozen(NETWORK, "logits", TRAINING)!;
  assert.equal(value, "flat");
  assert.deepEqual(rest.inputs.map(({ name }) => name), ["flat"]);
  assert.deepEqual([...rest.initializers.keys()], ["dense.weight", "dense.bias"]);
  assert.ok(!prefix.initializers.has("dense.weight"));
  const later = splitFrozen(NETWORK, "logits", { frozen: ["conv."] });
  assert.equal(later!.value, "conv.out");
});

Deno.test("splitFrozen() gives nothing where the first layer is trained", () => {
  assert.equal(splitFrozen(NETWORK, "logits", {}), undefined);
  assert.equal(splitFrozen(NETWORK, "logits", { frozen: ["dense."] }), undefined);
});

Deno.test("splitFrozen() stops before dropout, and at whole residual blocks", () => {
  const dropping = halvesNetwork({ dropout: true });
  assert.equal(splitFrozen(dropping, "logits", TRAINING)!.value, "flat");
  const options = { classes: 2, inputSize: 32, inputChannels: 3, width: 1 / 16, seed: 1 };
  const residual = buildNetwork("resnet18", options);
  const { value } = splitFrozen(residual, "logits", { trained: ["layer4.1.conv2", "fc."] })!;
  assert.equal(value, "layer4.0.out");
});

Deno.test("openBatchSource() trains on kept features as on the images", async () => {
  const cached = await openBatchSource(NETWORK, "logits", OPTIONS);
  const whole = await openBatchSource(NETWORK, "logits", { ...OPTIONS, budget: 1000 });
  try {
    assert.deepEqual(cached.network.inputs[0]!.name, "flat");
    assert.deepEqual(cached.dims, [64]);
    assert.equal(whole.network, NETWORK);
    for (const epoch of [0, 1, 2]) {
      near(await logitsOf(cached, epoch), await logitsOf(whole, epoch));
    }
    const [first, second, third] = await Promise.all([0, 1, 2].map((at) => logitsOf(cached, at)));
    assert.deepEqual(third, first, "the first copy again");
    assert.notDeepEqual(second, first);
  } finally {
    await cached.release();
    await whole.release();
  }
});

Deno.test("openBatchSource() gives the same bits whatever was asked before", async () => {
  const ask = async (...epochs: number[]) => {
    const source = await openBatchSource(NETWORK, "logits", OPTIONS);
    let logits: number[] = [];
    for (const epoch of epochs) {
      logits = await logitsOf(source, epoch, epoch ? [7, 8, 9] : [9, 1, 2]);
    }
    await source.release();
    return logits;
  };
  assert.deepEqual(await ask(0, 1), await ask(1));
});

Deno.test("openBatchSource() augments anew each epoch without a number of copies", async () => {
  const source = await openBatchSource(NETWORK, "logits", { ...OPTIONS, copies: null });
  assert.equal(source.network, NETWORK);
  const logits = await Promise.all([0, 1, 2, 3].map((epoch) => logitsOf(source, epoch)));
  assert.equal(new Set(logits.map(String)).size, 4);
});

Deno.test("trainNetwork() trains what follows frozen layers on their outputs", async () => {
  const settings = { ...SETTINGS, frozen: ["conv.", "norm."] };
  const data = { train: IMAGES, validation: halves(20, 2), augmentation: null };
  const { weights, history } = await trainNetwork(NETWORK, "logits", data, settings, CONTEXT);
  assert.deepEqual([...weights.keys()], ["dense.weight", "dense.bias"]);
  assert.ok(history.at(-1)!.validationAccuracy! > 0.9);
});
