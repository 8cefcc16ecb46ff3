import assert from "node:assert/strict";
import { RunError } from "../base/mod.ts";
import { inferShapes } from "../graph/gradient/mod.ts";
import { writeGraph } from "../graph/mod.ts";
import { buildNetwork, OUTPUT } from "../nets/mod.ts";
import { stepGraph } from "./ort_engine.ts";
import { requireRoom } from "./require_room.ts";
import { cpu, halvesNetwork, SGD } from "./testdata/halves.ts";
import { type TrainingForm, trainingForm } from "./training_form.ts";

/** As on WebGPU. */
const stepOf = (form: TrainingForm) => stepGraph(form, SGD, { poolIndices: false }).graph;

function halvesForm(batch: number): TrainingForm {
  return trainingForm(halvesNetwork({ norm: true, dropout: true }), { batch, image: [1, 4, 4] });
}

/** The largest batch that the refusal of a larger one names. */
function largestBatch(form: TrainingForm, limit: number): number {
  try {
    requireRoom(form, stepOf, limit);
  } catch (error) {
    assert.ok(error instanceof RunError, String(error));
    return Number(/; the largest batch that fits is (\d+)$/.exec(error.message)?.[1]);
  }
  throw new Error("not refused");
}

Deno.test("requireRoom() names the tensor, its size, the limit and the largest batch that fits", () => {
  assert.throws(
    () => requireRoom(halvesForm(1000), stepOf, 2 ** 16),
    (error) => {
      assert.ok(error instanceof RunError);
      assert.match(
        error.message,
        /^Cannot train halves with a batch of 1000: the tensor "[^"]+" \[[\d, ]+\] of [\d.]+ MiB, wanted at most 64 KiB, the adapter's limit; the largest batch that fits is \d+$/,
      );
      return true;
    },
  );
});

for (const limit of [3_000, 10_000, 100_000]) {
  Deno.test(`requireRoom() names a batch that fits into ${limit} bytes, and the next does not`, () => {
    const largest = largestBatch(halvesForm(1000), limit);
    requireRoom(halvesForm(largest), stepOf, limit);
    assert.equal(largestBatch(halvesForm(largest + 1), limit), largest);
  });
}

Deno.test("requireRoom() says that no batch is small enough for a tensor that does not depend on it", () => {
  // The weights of the dense layer alone are 2 x 64 numbers of 4 bytes.
  assert.throws(
    () => requireRoom(halvesForm(8), stepOf, 511),
    (error) =>
      error instanceof RunError &&
      /; with a batch of 1 the tensor "[^"]+" \[[\d, ]+\] of [\d.]+ KiB does not fit either$/
        .test(error.message),
  );
});

for (const architecture of ["mnist_cnn", "alexnet_28", "resnet_objects", "vgg_objects_bn"]) {
  Deno.test(`requireRoom() knows the shapes of all tensors in a step of ${architecture}`, () => {
    const size = architecture === "alexnet_28" ? 28 : 32;
    const network = buildNetwork(architecture, {
      width: 0.125,
      inputSize: size,
      inputChannels: 3,
      classes: 10,
      seed: 1,
    });
    const form = trainingForm(network, { batch: 4, image: [3, size, size], logits: OUTPUT });
    requireRoom(form, stepOf, 2 ** 27);
    for (const method of ["adam", "adamw"] as const) {
      const adam = {
        ...SGD,
        clipNorm: 1,
        method: { name: method, beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
      };
      requireRoom(form, (other) => stepGraph(other, adam).graph, 2 ** 27);
    }
    assert.throws(() => requireRoom(form, stepOf, 1000), RunError);
  });
}

/** Operators whose output is not of float32. */
const CONDITIONS = ["Equal", "Greater", "Less"];

Deno.test("requireRoom() measures the tensors that a device makes", async () => {
  const network = buildNetwork("resnet_objects", {
    width: 0.125,
    inputSize: 32,
    inputChannels: 3,
    classes: 10,
    seed: 1,
  });
  const form = trainingForm(network, { batch: 3, image: [3, 32, 32], logits: OUTPUT });
  const graph = stepGraph(form, { ...SGD, clipNorm: 1 }).graph;
  const inputs = graph.inputs.map(({ name, shape }) => [name, shape as readonly number[]] as const);
  const inferred = inferShapes(graph, new Map(inputs));
  const outputs = graph.nodes.filter(({ op }) => !CONDITIONS.includes(op))
    .map(({ outputs }) => ({ name: outputs[0]!, type: "float32" as const, shape: undefined }));
  const session = await cpu.open(writeGraph({ ...graph, outputs }));
  try {
    const values = await session.run(Object.fromEntries(inputs.map(([name, dims]) => {
      const size = dims.reduce((product, value) => product * value, 1);
      return [name, { dims, data: new Float32Array(size).fill(0.5) }];
    })));
    assert.ok(outputs.length > 100);
    for (const { name } of outputs) assert.deepEqual(values[name]!.dims, inferred.get(name), name);
  } finally {
    await session.release();
  }
});
