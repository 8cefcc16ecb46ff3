import assert from "node:assert/strict";
import * as fc from "fast-check";
import { RunError } from "../../base/mod.ts";
import type { FloatTensor } from "../../device/mod.ts";
import { GraphBuilder } from "../../graph/mod.ts";
import { interpret64 } from "../../graph/testdata/interpret64.ts";
import { OPERATOR_CASES, type OperatorCase } from "../../graph/testdata/operator_cases.ts";
import {
  centralDifference,
  differentiatedCase,
  directionsOf,
  weightedSum,
} from "../../graph/testdata/weighted_sum.ts";
import type { OptimiserSettings } from "../optimiser.ts";
import { type Backend, openBackend } from "./backend.ts";
import { ownConvolve } from "./convolve.ts";
import { formOfCase } from "./testdata/form_of_case.ts";
import { openTrainer } from "./trainer.ts";

/** Random configurations of each operator. */
const RUNS = 10;

/** Single elements by which each parameter is differentiated numerically. */
const ELEMENTS = 6;

const STEP = 1e-5;

/** Rounding of float32, relative to the largest element. */
const TOLERANCE = 1e-5;

const STILL: OptimiserSettings = {
  method: { name: "sgd", momentum: 0, nesterov: false },
  weightDecay: 0,
  groups: [],
  clipNorm: null,
};

const backend = await openBackend("cpu");

function largest(data: Iterable<number>): number {
  let most = 1e-3;
  for (const value of data) most = Math.max(most, Math.abs(value));
  return most;
}

function assertClose(
  found: FloatTensor,
  wanted: { dims: readonly number[]; data: Float64Array },
  what: string,
): void {
  assert.deepEqual([...found.dims], [...wanted.dims], `shape of ${what}`);
  const scale = largest(wanted.data);
  for (const [at, value] of wanted.data.entries()) {
    const error = Math.abs(found.data[at]! - value);
    assert.ok(error <= TOLERANCE * scale, `${what}[${at}]: ${found.data[at]}, wanted ${value}`);
  }
}

/** Output and gradients against float64: the slope, and what the rules of this program give. */
async function check(on: Backend, operatorCase: OperatorCase): Promise<void> {
  const lossCase = weightedSum(operatorCase);
  const { form, batch } = formOfCase(lossCase);
  const trainer = await openTrainer(on, form, STILL);
  try {
    const { logits } = await trainer.step(batch, 0);
    assertClose(logits, interpret64(lossCase.graph, lossCase.feeds).get("y")!, "y");
    const gradients = await trainer.gradients(batch);
    const ruled = differentiatedCase(lossCase);
    const values = interpret64(ruled.graph, lossCase.feeds);
    for (const [name, gradient] of ruled.gradients) {
      assertClose(gradients.get(name)!, values.get(gradient)!, `d${name}`);
    }
    for (const direction of directionsOf(lossCase.feeds, lossCase.wrt, ELEMENTS)) {
      const { data } = gradients.get(direction.value)!;
      assert.equal(data.length, direction.step.length);
      const found = data.reduce((sum, value, at) => sum + value * direction.step[at]!, 0);
      const wanted = centralDifference(lossCase, direction, STEP);
      assert.ok(
        Math.abs(found - wanted) <= TOLERANCE * largest(data),
        `d${direction.value} along [${direction.step}]: ${found}, wanted ${wanted}`,
      );
    }
  } finally {
    await trainer.release();
  }
}

/** Networks have no dilated poolings, and TensorFlow.js no gradient of them. */
function supported({ graph }: OperatorCase): boolean {
  const dilations = graph.nodes.find(({ op }) => op === "MaxPool")?.attributes.get("dilations");
  return dilations?.kind !== "ints" || dilations.value.every((dilation) => dilation === 1);
}

for (const [name, cases] of Object.entries(OPERATOR_CASES)) {
  Deno.test(`openTrainer() gives the value, the slope and the gradients by rule of ${name}`, () =>
    fc.assert(
      fc.asyncProperty(cases.filter(supported), (operatorCase) => check(backend, operatorCase)),
      { numRuns: RUNS, seed: 4 },
    ));
}

for (const name of ["Conv", "Conv with groups", "ConvTranspose"]) {
  Deno.test(`openTrainer() gives the slope of ${name} by the backend's own gradient`, () =>
    fc.assert(
      fc.asyncProperty(
        OPERATOR_CASES[name]!,
        (operatorCase) => check({ ...backend, convolve: ownConvolve }, operatorCase),
      ),
      { numRuns: RUNS, seed: 5 },
    ));
}

Deno.test("openTrainer() names the node and the operator that it does not know", async () => {
  const builder = new GraphBuilder("net");
  const x = builder.input("x", [2]);
  builder.add("y", "Identity", [x]);
  builder.add("strange", "Einsum", ["y"]);
  const { form } = formOfCase({
    graph: builder.build(),
    loss: "loss",
    feeds: new Map([["x", { dims: [2], data: new Float64Array(2) }]]),
    shapes: new Map(),
    wrt: ["x"],
  });
  await assert.rejects(
    () => openTrainer(backend, form, STILL),
    new RunError(
      'net: node "strange" has the operator Einsum, which the tfjs engine does not know',
    ),
  );
});
