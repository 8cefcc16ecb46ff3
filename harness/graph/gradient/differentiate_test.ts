import assert from "node:assert/strict";
import * as fc from "fast-check";
import { RunError } from "../../base/mod.ts";
import { GraphBuilder, int } from "../mod.ts";
import { interpret64 } from "../testdata/interpret64.ts";
import { OPERATOR_CASES } from "../testdata/operator_cases.ts";
import {
  centralDifference,
  differentiatedCase,
  directionsOf,
  type LossCase,
  weightedSum,
} from "../testdata/weighted_sum.ts";
import { differentiate, type DifferentiationOptions, inferShapes } from "./mod.ts";

/** Random configurations of each operator. */
const RUNS = 40;

/** Single elements by which each input is differentiated numerically. */
const ELEMENTS = 12;

const STEP = 1e-5;

/** Relative to the largest gradient: constants of gradient graphs are rounded to float32. */
const TOLERANCE = 1e-6;

/** Below this a gradient counts as 0: rounding of the losses, divided by the step. */
const FLOOR = 1e-9;

function checkGradients(lossCase: LossCase, options?: DifferentiationOptions): void {
  const { feeds, wrt, shapes } = lossCase;
  const { graph, gradients } = differentiatedCase(lossCase, options);
  const values = interpret64(graph, feeds);
  for (const name of wrt) {
    assert.deepEqual(values.get(gradients.get(name)!)!.dims, shapes.get(name), `shape of d${name}`);
  }
  for (const direction of directionsOf(feeds, wrt, ELEMENTS)) {
    const { data } = values.get(gradients.get(direction.value)!)!;
    const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const found = data.reduce((sum, value, i) => sum + value * direction.step[i]!, 0);
    const wanted = centralDifference(lossCase, direction, STEP);
    assert.ok(
      Math.abs(found - wanted) <= TOLERANCE * largest + FLOOR,
      `${direction.value} along [${direction.step}]: ${found}, wanted ${wanted}`,
    );
  }
}

for (const [name, cases] of Object.entries(OPERATOR_CASES)) {
  const ways = name.startsWith("MaxPool") ? [true, false] : [undefined];
  for (const poolIndices of ways) {
    const runtime = poolIndices === undefined
      ? ""
      : ` ${poolIndices ? "with" : "without"} positions of the maxima`;
    Deno.test(`differentiate() gives the slope by central differences for ${name}${runtime}`, () =>
      fc.assert(
        fc.property(cases, (operatorCase) =>
          checkGradients(
            weightedSum(operatorCase),
            poolIndices === undefined ? {} : { poolIndices },
          )),
        { numRuns: RUNS, seed: 2 },
      ));
  }

  Deno.test(`inferShapes() gives the shapes of all values for ${name}`, () =>
    fc.assert(
      fc.property(cases, (operatorCase) => {
        const { graph, feeds, shapes } = weightedSum(operatorCase);
        for (const [value, { dims }] of interpret64(graph, feeds)) {
          assert.deepEqual(shapes.get(value), dims, value);
        }
      }),
      { numRuns: RUNS, seed: 3 },
    ));
}

Deno.test("differentiate() adds up the gradients of all ways from a value to the loss", () => {
  const builder = new GraphBuilder("ways");
  const x = builder.input("x", []);
  const square = builder.add("square", "Mul", [x, x]);
  const exponential = builder.add("exponential", "Exp", [square]);
  const loss = builder.add("loss", "Add", [builder.add("sum", "Add", [exponential, x]), square]);
  const graph = builder.build();
  const feeds = new Map([["x", { dims: [], data: Float64Array.of(0.5) }]]);
  const shapes = inferShapes(graph, new Map([["x", []]]));
  const { graph: both, gradients } = differentiate(graph, loss, ["x"], shapes);
  const found = interpret64(both, feeds).get(gradients.get("x")!)!.data[0]!;
  assert.ok(Math.abs(found - (2 * 0.5 * Math.exp(0.25) + 1 + 2 * 0.5)) < 1e-14);
});

Deno.test("differentiate() leaves the graph as it was", () => {
  const builder = new GraphBuilder("net");
  builder.add("loss", "ReduceSum", [builder.add("y", "Exp", [builder.input("x", [2])])]);
  const graph = builder.build();
  const before = { nodes: [...graph.nodes], initializers: new Map(graph.initializers) };
  differentiate(graph, "loss", ["x"], inferShapes(graph, new Map([["x", [2]]])));
  assert.deepEqual({ nodes: graph.nodes, initializers: graph.initializers }, before);
});

Deno.test("differentiate() names the node and the operator that has no rule", () => {
  const builder = new GraphBuilder("net");
  const x = builder.input("x", [2]);
  builder.add("power", "Pow", [x, x]);
  const graph = builder.build();
  const shapes = new Map([...inferShapes(graph, new Map([["x", [2]]])), ["loss", []]]);
  builder.add("loss", "ReduceSum", ["power"], { keepdims: int(0) });
  assert.throws(
    () => differentiate(builder.build(), "loss", ["x"], shapes),
    (error) => error instanceof RunError && /net: node "power".*Pow/.test(error.message),
  );
});

Deno.test("inferShapes() names the node and the operator that it does not know", () => {
  const builder = new GraphBuilder("net");
  builder.add("strange", "Einsum", [builder.input("x", [2])]);
  assert.throws(
    () => inferShapes(builder.build(), new Map([["x", [2]]])),
    (error) => error instanceof RunError && /net: node "strange".*Einsum/.test(error.message),
  );
});

Deno.test("inferShapes() names the node whose inputs do not fit", () => {
  const builder = new GraphBuilder("net");
  builder.add("y", "MatMul", [builder.input("a", [2, 3]), builder.input("b", [2, 3])]);
  const shapes = new Map([["a", [2, 3]], ["b", [2, 3]]]);
  assert.throws(
    () => inferShapes(builder.build(), shapes),
    (error) => error instanceof RunError && /node "y" \(MatMul\).*\[2,3\]/.test(error.message),
  );
});

Deno.test("inferShapes() refuses padding that cuts, and padding of some axes only", () => {
  const list = (values: readonly number[]) => ({
    type: "int64" as const,
    dims: [values.length],
    data: BigInt64Array.from(values, BigInt),
  });
  const padded = (pads: readonly number[], ...others: string[]) => {
    const builder = new GraphBuilder("net");
    builder.constant("axes", list([1]));
    const inputs = [builder.input("x", [3, 3]), builder.constant("pads", list(pads)), ...others];
    builder.add("y", "Pad", inputs);
    return () => inferShapes(builder.build(), new Map([["x", [3, 3]]]));
  };
  assert.throws(padded([-1, 0, 0, 0]), /node "y" \(Pad\): its padding is \[-1,0,0,0\]/);
  assert.throws(padded([1, 1], "", "axes"), /node "y" \(Pad\): its padding is for some axes/);
});

Deno.test("differentiate() refuses batch normalisation that mixes old statistics with new ones", () => {
  const builder = new GraphBuilder("net");
  const channels = ["s", "b", "m", "v"].map((name) => [name, [2]] as const);
  const shapes = new Map<string, readonly number[]>([["x", [4, 2]], ...channels]);
  const inputs = [...shapes].map(([name, shape]) => builder.input(name, shape));
  builder.addNode({
    name: "norm",
    op: "BatchNormalization",
    domain: "",
    inputs,
    outputs: ["y", "new m", "new v"],
    attributes: new Map([["training_mode", int(1)]]),
  });
  builder.add("loss", "ReduceSum", ["y"], { keepdims: int(0) });
  const graph = builder.build();
  assert.throws(
    () => differentiate(graph, "loss", ["x"], inferShapes(graph, shapes)),
    (error) => error instanceof RunError && /node "norm".*momentum 0.9/.test(error.message),
  );
});

Deno.test("inferShapes() names the input without a shape", () => {
  const builder = new GraphBuilder("net");
  builder.input("x", [2]);
  assert.throws(
    () => inferShapes(builder.build(), new Map()),
    (error) => error instanceof RunError && /net: .*"x"/.test(error.message),
  );
});

Deno.test("differentiate() refuses a loss of more than one number", () => {
  const builder = new GraphBuilder("net");
  builder.add("y", "Exp", [builder.input("x", [2])]);
  const graph = builder.build();
  assert.throws(
    () => differentiate(graph, "y", ["x"], inferShapes(graph, new Map([["x", [2]]]))),
    (error) => error instanceof RunError && /net: "y" is of shape \[2\]/.test(error.message),
  );
});

Deno.test("differentiate() names a value that the loss does not depend on", () => {
  const builder = new GraphBuilder("net");
  builder.input("unused", [2]);
  builder.add("loss", "Exp", [builder.input("x", [])]);
  const graph = builder.build();
  const shapes = inferShapes(graph, new Map([["x", []], ["unused", [2]]]));
  assert.throws(
    () => differentiate(graph, "loss", ["unused"], shapes),
    (error) =>
      error instanceof RunError && /"loss" does not depend on "unused"/.test(error.message),
  );
});

Deno.test("differentiate() refuses operator sets that it does not know", () => {
  const builder = new GraphBuilder("net");
  builder.add("loss", "Exp", [builder.input("x", [])]);
  const graph = { ...builder.build(), opsets: new Map([["", 13]]) };
  assert.throws(
    () => differentiate(graph, "loss", ["x"], inferShapes(graph, new Map([["x", []]]))),
    (error) => error instanceof RunError && /operator set 13, wanted 16/.test(error.message),
  );
});
