import assert from "node:assert/strict";
import * as fc from "fast-check";
import { openCpu } from "../../device/mod.ts";
import { tap, writeGraph } from "../mod.ts";
import { interpret64 } from "../testdata/interpret64.ts";
import { OPERATOR_CASES } from "../testdata/operator_cases.ts";
import { differentiatedCase, type LossCase, weightedSum } from "../testdata/weighted_sum.ts";
import type { DifferentiationOptions } from "./mod.ts";

const device = await openCpu(1);

/** Random configurations of each operator. */
const RUNS = 10;

/** Of float32, relative to the largest gradient by the same input. */
const TOLERANCE = 1e-4;

async function compareWithRuntime(
  lossCase: LossCase,
  options: DifferentiationOptions,
): Promise<void> {
  const { graph, gradients } = differentiatedCase(lossCase, options);
  const values = interpret64(graph, lossCase.feeds);
  // A gradient may be an input itself: then there is nothing to run.
  const outputs = [...gradients.values()].filter((name) => !lossCase.feeds.has(name));
  if (outputs.length === 0) return;
  const session = await device.open(writeGraph(tap(graph, outputs)));
  const found = await session.run(
    Object.fromEntries(session.inputNames.map((name) => {
      const { dims, data } = lossCase.feeds.get(name)!;
      return [name, { dims, data: Float32Array.from(data) }];
    })),
  );
  for (const name of outputs) {
    const { dims, data } = values.get(name)!;
    assert.deepEqual([...found[name]!.dims], [...dims], `shape of ${name}`);
    const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (const [at, value] of data.entries()) {
      const error = Math.abs(found[name]!.data[at]! - value);
      assert.ok(error <= TOLERANCE * largest, `${name}[${at}]: ${found[name]!.data[at]}, ${value}`);
    }
  }
  await session.release();
}

for (const [name, cases] of Object.entries(OPERATOR_CASES)) {
  const ways = name.startsWith("MaxPool") ? [true, false] : [true];
  for (const poolIndices of ways) {
    const runtime = poolIndices ? "" : " without positions of the maxima";
    Deno.test(`differentiate() gives gradients of ${name}${runtime} that float32 computes too`, () =>
      fc.assert(
        fc.asyncProperty(
          cases,
          (operatorCase) => compareWithRuntime(weightedSum(operatorCase), { poolIndices }),
        ),
        { numRuns: RUNS, seed: 4 },
      ));
  }
}
