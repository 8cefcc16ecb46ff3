import assert from "node:assert/strict";
import fc from "fast-check";
import { RunError } from "../base/mod.ts";
import type { FloatTensor } from "../device/mod.ts";
import { GraphBuilder } from "../graph/mod.ts";
import {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  type EpochRecord,
  requireWeightsOf,
} from "./checkpoint.ts";
import type { Weights } from "./engine.ts";
import type { TrainingForm } from "./training_form.ts";

const SMALL: Checkpoint = {
  key: "run",
  epoch: 1,
  state: {
    step: 3,
    weights: new Map([["w", { dims: [2], data: Float32Array.of(1, -2) }]]),
    moments: new Map([["w/velocity", { dims: [2], data: Float32Array.of(0.5, 0) }]]),
  },
  history: [{
    epoch: 1,
    step: 3,
    learningRate: 0.1,
    trainLoss: 2.5,
    trainAccuracy: 0.25,
    validationLoss: null,
    validationAccuracy: null,
  }],
  snapshots: [],
  best: null,
};

/** Any 32 bits as a float: NaN with a payload, -0 and denormal numbers too. */
const tensor: fc.Arbitrary<FloatTensor> = fc.array(fc.nat(3), { maxLength: 3 }).chain((dims) => {
  const length = dims.reduce((product, size) => product * size, 1);
  return fc.uint32Array({ minLength: length, maxLength: length }).map((bits) => ({
    dims,
    data: new Float32Array(Uint32Array.from(bits).buffer),
  }));
});
const weights: fc.Arbitrary<Weights> = fc.dictionary(fc.string(), tensor)
  .map((byName) => new Map(Object.entries(byName)));
const measured = fc.double().map((value) => value + 0);
const record: fc.Arbitrary<EpochRecord> = fc.record({
  epoch: fc.integer({ min: 1 }),
  step: fc.integer({ min: 1 }),
  learningRate: measured,
  trainLoss: measured,
  trainAccuracy: measured,
  validationLoss: fc.option(measured),
  validationAccuracy: fc.option(measured),
}, { noNullPrototype: true });
const checkpoint: fc.Arbitrary<Checkpoint> = fc.record({
  key: fc.string(),
  epoch: fc.integer({ min: 1 }),
  state: fc.record({ step: fc.nat(), weights, moments: weights }, { noNullPrototype: true }),
  history: fc.array(record, { maxLength: 4 }),
  snapshots: fc.uniqueArray(
    fc.record({ step: fc.nat(), weights }, { noNullPrototype: true }),
    { selector: ({ step }) => step, maxLength: 3 },
  ),
  best: fc.option(
    fc.record({
      loss: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
      epoch: fc.integer({ min: 1 }),
      weights,
    }, { noNullPrototype: true }),
  ),
}, { noNullPrototype: true });

/** The same values with every float as its bits, since comparison holds all NaN equal. */
function bitsOf({ state, snapshots, best, ...rest }: Checkpoint) {
  const bits = (weights: Weights) =>
    [...weights].map(([name, { dims, data }]) => [
      name,
      dims,
      [...new Uint32Array(data.buffer, data.byteOffset, data.length)],
    ]);
  return {
    ...rest,
    state: { step: state.step, weights: bits(state.weights), moments: bits(state.moments) },
    snapshots: snapshots.map(({ step, weights }) => ({ step, weights: bits(weights) })),
    best: best && { ...best, weights: bits(best.weights) },
  };
}

function isRefusal(error: unknown): boolean {
  assert.ok(error instanceof RunError, String(error));
  assert.match(error.message, /^run\.ckpt: .+$/);
  return true;
}

Deno.test("decodeCheckpoint() gives back every bit that encodeCheckpoint() took", () => {
  fc.assert(fc.property(checkpoint, (written) => {
    const bytes = encodeCheckpoint(written);
    assert.deepEqual(bitsOf(decodeCheckpoint(bytes, "run.ckpt")), bitsOf(written));
    assert.deepEqual(encodeCheckpoint(decodeCheckpoint(bytes, "run.ckpt")), bytes);
  }));
});

Deno.test("decodeCheckpoint() reads bytes that begin anywhere in their buffer", () => {
  const bytes = encodeCheckpoint(SMALL);
  const larger = new Uint8Array(bytes.length + 10);
  larger.set(bytes, 3);
  const found = decodeCheckpoint(larger.subarray(3, 3 + bytes.length), "run.ckpt");
  assert.deepEqual(found, SMALL);
});

Deno.test("decodeCheckpoint() refuses a file with any bit flipped", () => {
  const bytes = encodeCheckpoint(SMALL);
  for (let bit = 0; bit < 8 * bytes.length; bit++) {
    const damaged = bytes.slice();
    damaged[bit >> 3]! ^= 1 << (bit & 7);
    assert.throws(() => decodeCheckpoint(damaged, "run.ckpt"), isRefusal, `bit ${bit}`);
  }
});

Deno.test("decodeCheckpoint() refuses a file that was cut anywhere or goes on", () => {
  const bytes = encodeCheckpoint(SMALL);
  for (let length = 0; length < bytes.length; length++) {
    const cut = bytes.subarray(0, length);
    assert.throws(() => decodeCheckpoint(cut, "run.ckpt"), isRefusal, `${length} bytes`);
  }
  const longer = new Uint8Array(bytes.length + 1);
  longer.set(bytes);
  assert.throws(() => decodeCheckpoint(longer, "run.ckpt"), isRefusal);
});

/** A form with the weights "a" [2, 3], "b" [3] and the running statistic "c" [3]. */
function smallForm(): TrainingForm {
  const builder = new GraphBuilder("small");
  builder.weight("a", [2, 3], new Float32Array(6));
  builder.weight("b", [3], new Float32Array(3));
  builder.weight("c", [3], new Float32Array(3));
  return {
    graph: builder.build(),
    images: "images",
    logits: "logits",
    batch: 1,
    classes: 2,
    parameters: ["a", "b"],
    statistics: new Map([["c", "c/new"]]),
    masks: [],
    perImage: [],
    metrics: new Map(),
  };
}

function zeros(shapes: Readonly<Record<string, readonly number[]>>): Weights {
  return new Map(
    Object.entries(shapes).map(([name, dims]) => [
      name,
      { dims, data: new Float32Array(dims.reduce((product, size) => product * size, 1)) },
    ]),
  );
}

Deno.test("requireWeightsOf() takes the weights of the form in any order", () => {
  requireWeightsOf(smallForm(), zeros({ c: [3], a: [2, 3], b: [3] }), "run.ckpt");
});

Deno.test("requireWeightsOf() lists what does not match", () => {
  assert.throws(
    () => requireWeightsOf(smallForm(), zeros({ a: [3, 2], b: [3], d: [1] }), "run.ckpt"),
    new RunError(
      'run.ckpt: checkpoint of another architecture than small: "a" is [3, 2], wanted [2, 3]; ' +
        'lacks "c" [3]; "d" is not in the network',
    ),
  );
});

Deno.test("requireWeightsOf() lists no more than ten differences", () => {
  const others = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`other${at}`, [1]]));
  assert.throws(
    () => requireWeightsOf(smallForm(), zeros(others), "run.ckpt"),
    /"other6" is not in the network and 5 more$/,
  );
});
