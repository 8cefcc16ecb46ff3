import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { Graph } from "../graph.ts";
import { interpret64 } from "../testdata/interpret64.ts";
import { OPERATOR_CASES, type OperatorCase } from "../testdata/operator_cases.ts";
import { CaseBuilder } from "../testdata/operator_cases/case_builder.ts";
import { ints } from "../mod.ts";
import { inferShapes, withSmallConvolutions } from "./mod.ts";

const RUNS = 60;

/** The matrices are rounded to float32, which the interpreter is not. */
const TOLERANCE = 1e-5;

function rewritten({ graph, feeds }: OperatorCase): Graph {
  const shapes = new Map([...feeds].map(([name, { dims }]) => [name, dims]));
  return withSmallConvolutions(graph, inferShapes(graph, shapes));
}

for (const name of ["Conv", "Conv with stride 1", "Conv of single pixels", "Conv with groups"]) {
  Deno.test(`withSmallConvolutions() gives the same values for ${name}`, () =>
    fc.assert(
      fc.property(OPERATOR_CASES[name]!, (operatorCase) => {
        const { graph, feeds } = operatorCase;
        const wanted = interpret64(graph, feeds).get("y")!;
        const found = interpret64(rewritten(operatorCase), feeds).get("y")!;
        assert.deepEqual(found.dims, wanted.dims);
        const largest = wanted.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        for (const [at, value] of wanted.data.entries()) {
          const error = Math.abs(found.data[at]! - value);
          assert.ok(error <= TOLERANCE * largest, `y[${at}]: ${found.data[at]}, wanted ${value}`);
        }
      }),
      { numRuns: RUNS, seed: 5 },
    ));
}

/** Operators of a convolution with 16 channels on an image of the given height and width. */
function operatorsFor(size: number): string[] {
  const builder = new CaseBuilder(`image of ${size}`, 17);
  const x = builder.input("x", [8, 16, size, size]);
  builder.y("Conv", [x, builder.input("w", [16, 16, 3, 3])], { pads: ints([1, 1, 1, 1]) });
  return rewritten(builder.build()).nodes.map(({ op }) => op);
}

Deno.test("withSmallConvolutions() rewrites convolutions of small images only", () => {
  assert.ok(!operatorsFor(4).includes("Conv"));
  assert.deepEqual(operatorsFor(64), ["Conv"]);
});
