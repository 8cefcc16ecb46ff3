import assert from "node:assert/strict";
import { RunError } from "../base/mod.ts";
import { type Graph, GraphBuilder, int } from "../graph/mod.ts";
import { buildNetwork, OUTPUT } from "../nets/mod.ts";
import type { Batch } from "./engine.ts";
import { ortEngine } from "./ort_engine.ts";
import { cpu, halvesNetwork, SGD } from "./testdata/halves.ts";
import { LOSS, TARGETS, trainingForm } from "./training_form.ts";

const HALVES = { batch: 2, image: [1, 4, 4] };

/** Batch normalisation of two channels of 1 x 2, whose values are the logits. */
function normalised(): Graph {
  const builder = new GraphBuilder("normalised");
  const x = builder.input("images", ["N", 2, 1, 2]);
  builder.weight("bn.weight", [2], Float32Array.of(1, 2));
  builder.weight("bn.bias", [2], Float32Array.of(0, 1));
  builder.weight("bn.running_mean", [2], Float32Array.of(10, 20));
  builder.weight("bn.running_var", [2], Float32Array.of(1, 2));
  const inputs = ["bn.weight", "bn.bias", "bn.running_mean", "bn.running_var"];
  const y = builder.add("bn.out", "BatchNormalization", [x, ...inputs]);
  builder.output(builder.add("logits", "Flatten", [y], { axis: int(1) }));
  return builder.build();
}

/** Over both images: channel 0 holds 1, 2, 3, 6 and channel 1 holds 0, 0, 4, 4. */
const IMAGES = { dims: [2, 2, 1, 2], data: Float32Array.of(1, 2, 0, 0, 3, 6, 4, 4) };
const FIRST = { dims: [2, 4], data: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0) };

function near(found: Iterable<number>, wanted: readonly number[], tolerance = 1e-5): void {
  const values = [...found];
  assert.equal(values.length, wanted.length);
  for (const [at, value] of values.entries()) {
    assert.ok(Math.abs(value - wanted[at]!) < tolerance, `${values}, wanted ${wanted}`);
  }
}

/** One step on the CPU. */
async function stepOf(form: ReturnType<typeof trainingForm>, batch: Batch, rate = 0) {
  const trainer = await ortEngine(cpu).open(form, SGD);
  try {
    const { loss, logits } = await trainer.step(batch, rate);
    return { loss, logits: [...logits.data], state: await trainer.state() };
  } finally {
    await trainer.release();
  }
}

Deno.test("trainingForm() normalises by the batch and moves the running statistics as PyTorch does", async () => {
  const form = trainingForm(normalised(), { batch: 2, image: [2, 1, 2] });
  assert.deepEqual(form.parameters, ["bn.weight", "bn.bias"]);
  const { logits, state } = await stepOf(form, { images: IMAGES, [TARGETS]: FIRST });
  // Means 3 and 2; variances 14 / 4 and 16 / 4, unbiased 14 / 3 and 16 / 3.
  const [a, b] = [Math.sqrt(3.5 + 1e-5), 2 / Math.sqrt(4 + 1e-5)];
  near(logits, [-2 / a, -1 / a, 1 - 2 * b, 1 - 2 * b, 0, 3 / a, 1 + 2 * b, 1 + 2 * b]);
  near(state.weights.get("bn.running_mean")!.data, [0.9 * 10 + 0.1 * 3, 0.9 * 20 + 0.1 * 2]);
  near(state.weights.get("bn.running_var")!.data, [0.9 + 1.4 / 3, 0.9 * 2 + 1.6 / 3]);
});

Deno.test("trainingForm() normalises frozen layers by their running statistics", () => {
  const options = { batch: 2, image: [2, 1, 2] };
  const form = trainingForm(normalised(), { ...options, frozen: ["bn."] });
  assert.deepEqual(form.parameters, []);
  assert.deepEqual([...form.statistics], []);
  assert.deepEqual(
    form.graph.nodes.filter(({ op }) => op === "BatchNormalization"),
    normalised().nodes.filter(({ op }) => op === "BatchNormalization"),
  );
});

Deno.test("trainingForm() gives the mean cross-entropy of the batch", async () => {
  const form = trainingForm(halvesNetwork(), HALVES);
  const targets = { dims: [2, 2], data: Float32Array.of(1, 0, 0.25, 0.75) };
  const images = { dims: [2, 1, 4, 4], data: Float32Array.from({ length: 32 }, (_, i) => i / 16) };
  const { loss, logits } = await stepOf(form, { images, [TARGETS]: targets });
  const [a, b, c, d] = logits as [number, number, number, number];
  const first = Math.log(Math.exp(a) + Math.exp(b)) - a;
  const second = Math.log(Math.exp(c) + Math.exp(d)) - 0.25 * c - 0.75 * d;
  near([loss], [(first + second) / 2]);
});

Deno.test("trainingForm() multiplies with a mask where the network drops units", async () => {
  const form = trainingForm(halvesNetwork({ dropout: true }), HALVES);
  assert.deepEqual(form.masks, [{ input: "drop/mask", shape: [2, 64], ratio: 0.5 }]);
  const images = { dims: [2, 1, 4, 4], data: new Float32Array(32).fill(1) };
  const targets = { dims: [2, 2], data: Float32Array.of(1, 0, 1, 0) };
  const bias = halvesNetwork().initializers.get("dense.bias")!.data as Float32Array;
  // Everything of the first image is dropped, nothing of the second one.
  const mask = new Float32Array(128).fill(1, 64);
  const { logits } = await stepOf(form, {
    images,
    [TARGETS]: targets,
    "drop/mask": { dims: [2, 64], data: mask },
  });
  near(logits.slice(0, 2), [...bias]);
  const plain = trainingForm(halvesNetwork(), HALVES);
  const whole = await stepOf(plain, { images, [TARGETS]: targets });
  near(logits.slice(2), whole.logits.slice(2));
});

Deno.test("trainingForm() takes the share of dropped units from the network", () => {
  const network = buildNetwork("alexnet_28", {
    width: 0.125,
    inputSize: 28,
    inputChannels: 1,
    classes: 10,
    dropout: 0.25,
    seed: 1,
  });
  const { masks, parameters, graph } = trainingForm(network, {
    batch: 3,
    image: [1, 28, 28],
    logits: OUTPUT,
  });
  assert.ok(masks.length > 0);
  for (const { ratio, shape } of masks) {
    assert.equal(ratio, 0.25);
    assert.equal(shape[0], 3);
  }
  assert.ok(!parameters.some((name) => name.includes("ratio")));
  assert.ok(!graph.nodes.some(({ op }) => op === "Dropout"));
});

Deno.test("trainingForm() leaves out what comes after the logits", () => {
  const network = buildNetwork("mnist_cnn", {
    width: 0.125,
    inputSize: 28,
    inputChannels: 1,
    classes: 10,
    seed: 1,
  });
  const form = trainingForm(network, { batch: 4, image: [1, 28, 28], logits: OUTPUT });
  assert.equal(form.logits, OUTPUT);
  assert.equal(form.classes, 10);
  assert.deepEqual(form.graph.outputs.map(({ name }) => name), [LOSS, OUTPUT]);
  assert.deepEqual(
    [...form.parameters].sort(),
    ["conv1", "conv2", "fc1", "fc2"].flatMap((layer) => [`${layer}.bias`, `${layer}.weight`]),
  );
});

Deno.test("trainingForm() refuses logits that are no list for each image", () => {
  assert.throws(
    () => trainingForm(halvesNetwork(), { ...HALVES, logits: "relu" }),
    new RunError('halves: "relu" has the shape [2,4,4,4], wanted [N, classes]'),
  );
});

Deno.test("trainingForm() refuses logits that nothing makes", () => {
  assert.throws(
    () => trainingForm(halvesNetwork(), { ...HALVES, logits: "logit" }),
    (error) => error instanceof RunError && error.message.includes('"logit"'),
  );
});

Deno.test("trainingForm() refuses networks with other inputs than one", () => {
  const network = halvesNetwork();
  assert.throws(
    () => trainingForm({ ...network, inputs: [] }, HALVES),
    new RunError("halves: found the inputs none, wanted one that takes images"),
  );
  const more = [...network.inputs, { ...network.inputs[0]!, name: "mask" }];
  assert.throws(
    () => trainingForm({ ...network, inputs: more }, HALVES),
    new RunError('halves: found the inputs "images", "mask", wanted one that takes images'),
  );
});

Deno.test("trainingForm() refuses images of another size than the network takes", () => {
  assert.throws(
    () => trainingForm(halvesNetwork(), { batch: 2, image: [1, 5, 4] }),
    RunError,
  );
  assert.throws(
    () => trainingForm(halvesNetwork(), { batch: 2, image: [3, 4, 4] }),
    RunError,
  );
});
