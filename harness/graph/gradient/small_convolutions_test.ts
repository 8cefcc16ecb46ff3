import assert from "node:assert/strict";
import * as fc from "fast-check";
import { type Graph, intAttribute, ints, intsAttribute } from "../mod.ts";
import { interpret64 } from "../testdata/interpret64.ts";
import { OPERATOR_CASES, type OperatorCase } from "../testdata/operator_cases.ts";
import { CaseBuilder } from "../testdata/operator_cases/case_builder.ts";
import { inferShapes, withSmallConvolutions } from "./mod.ts";

const RUNS = 60;

/** The matrices are rounded to float32, which the interpreter is not. */
const TOLERANCE = 1e-5;

function rewritten({ graph, feeds }: OperatorCase, mostArithmetic?: number): Graph {
  const shapes = new Map([...feeds].map(([name, { dims }]) => [name, dims]));
  return withSmallConvolutions(graph, inferShapes(graph, shapes), mostArithmetic);
}

function requireSame(operatorCase: OperatorCase): void {
  const { graph, feeds } = operatorCase;
  const wanted = interpret64(graph, feeds).get("y")!;
  const found = interpret64(rewritten(operatorCase, Infinity), feeds).get("y")!;
  assert.deepEqual(found.dims, wanted.dims);
  const largest = wanted.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (const [at, value] of wanted.data.entries()) {
    const error = Math.abs(found.data[at]! - value);
    assert.ok(error <= TOLERANCE * largest, `y[${at}]: ${found.data[at]}, wanted ${value}`);
  }
}

const hasConv = ({ nodes }: Graph) => nodes.some(({ op }) => op === "Conv");

for (
  const name of ["Conv", "Conv without dilation", "Conv of single pixels", "Conv with groups"]
) {
  Deno.test(`withSmallConvolutions() gives the same values for ${name}`, () =>
    fc.assert(
      fc.property(OPERATOR_CASES[name]!, (operatorCase) => {
        const [conv] = operatorCase.graph.nodes;
        const special = intAttribute(conv!, "group", 1) > 1 ||
          intsAttribute(conv!, "dilations")!.some((size) => size > 1);
        assert.equal(hasConv(rewritten(operatorCase, Infinity)), special);
        requireSame(operatorCase);
      }),
      { numRuns: RUNS, seed: 5 },
    ));
}

/** A convolution of 3 x 3 with 16 channels on 8 images of the given height and width. */
function convolutionOf(
  size: readonly number[],
  attributes: Readonly<Record<string, number[]>> = {},
): OperatorCase {
  const builder = new CaseBuilder(`image of ${size}`, 17);
  const x = builder.input("x", [8, 16, ...size]);
  builder.y("Conv", [x, builder.input("w", [16, 16, 3, 3])], {
    pads: ints([1, 1, 1, 1]),
    ...Object.fromEntries(Object.entries(attributes).map(([name, values]) => [name, ints(values)])),
  });
  return builder.build();
}

Deno.test("withSmallConvolutions() transforms rows and columns of larger images one after the other", () => {
  const products = ({ nodes }: Graph) => nodes.filter(({ op }) => op === "Gemm").length;
  assert.equal(products(rewritten(convolutionOf([8, 8]), Infinity)), 3);
  assert.equal(products(rewritten(convolutionOf([8, 9]), Infinity)), 5);
  for (const strides of [[1, 1], [2, 2], [1, 2]]) {
    requireSame(convolutionOf([13, 9], { strides, pads: [1, 0, 2, 1] }));
  }
});

Deno.test("withSmallConvolutions() rewrites convolutions of small images only, without dilation", () => {
  assert.ok(!hasConv(rewritten(convolutionOf([4, 4]))));
  assert.ok(hasConv(rewritten(convolutionOf([64, 64]))));
  assert.ok(hasConv(rewritten(convolutionOf([6, 6], { dilations: [2, 2] }))));
});
