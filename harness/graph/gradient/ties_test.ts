import assert from "node:assert/strict";
import { type Attribute, GraphBuilder, int, ints } from "../mod.ts";
import { interpret64 } from "../testdata/interpret64.ts";
import { differentiate, type DifferentiationOptions, inferShapes } from "./mod.ts";

/** Gradients of the sum of an operator's output by its inputs of the given shape. */
function gradientsAt(
  op: string,
  dims: readonly number[],
  inputs: readonly (readonly number[])[],
  attributes: Readonly<Record<string, Attribute>> = {},
  options?: DifferentiationOptions,
): number[][] {
  const builder = new GraphBuilder(op);
  const names = inputs.map((_, i) => builder.input(`x${i}`, dims));
  const y = builder.add("y", op, names, attributes);
  builder.add("loss", "ReduceSum", [y], { keepdims: int(0) });
  const graph = builder.build();
  const shapes = inferShapes(graph, new Map(names.map((name) => [name, dims])));
  const both = differentiate(graph, "loss", names, shapes, options);
  const feeds = new Map(
    names.map((name, i) => [name, { dims, data: Float64Array.from(inputs[i]!) }]),
  );
  const values = interpret64(both.graph, feeds);
  return names.map((name) => Array.from(values.get(both.gradients.get(name)!)!.data, (x) => x + 0));
}

Deno.test("differentiate() takes the slope 0 of Relu and Abs at 0", () => {
  assert.deepEqual(gradientsAt("Relu", [3], [[-1, 0, 2]]), [[0, 0, 1]]);
  assert.deepEqual(gradientsAt("Abs", [3], [[-1, 0, 2]]), [[-1, 0, 1]]);
});

Deno.test("differentiate() takes the slope below 0 of LeakyRelu at 0", () => {
  const alpha = { kind: "float", value: 0.25 } as const;
  assert.deepEqual(gradientsAt("LeakyRelu", [3], [[-1, 0, 2]], { alpha }), [[0.25, 0.25, 1]]);
});

Deno.test("differentiate() gives the first of equal inputs of Min and Max the gradient", () => {
  const inputs = [[1, 5, 3], [1, 2, 3], [1, 5, 4]];
  assert.deepEqual(gradientsAt("Max", [3], inputs), [[1, 1, 0], [0, 0, 0], [0, 0, 1]]);
  assert.deepEqual(gradientsAt("Min", [3], inputs), [[1, 0, 1], [0, 1, 0], [0, 0, 0]]);
});

Deno.test("differentiate() shares the gradient of ReduceMax and ReduceMin between equal elements", () => {
  const axis = { axes: ints([1]) };
  const x = [2, 5, 5, 1, 1, 1];
  assert.deepEqual(gradientsAt("ReduceMax", [2, 3], [x], axis)[0], [0, 0.5, 0.5, ...thirds]);
  assert.deepEqual(gradientsAt("ReduceMin", [2, 3], [x], axis)[0], [1, 0, 0, ...thirds]);
});

const thirds = [1 / 3, 1 / 3, 1 / 3];

Deno.test("differentiate() shares the gradient of disjoint poolings between equal inputs", () => {
  const window = { kernel_shape: ints([2, 2]), strides: ints([2, 2]) };
  const x = [
    ...[4, 1, 7, 7],
    ...[4, 0, 7, 7],
  ];
  assert.deepEqual(gradientsAt("MaxPool", [1, 1, 2, 4], [x], window)[0], [
    ...[0.5, 0, 0.25, 0.25],
    ...[0.5, 0, 0.25, 0.25],
  ]);
});

for (const poolIndices of [true, false]) {
  const runtime = `${poolIndices ? "with" : "without"} positions of the maxima`;
  Deno.test(`differentiate() gives the first of equal inputs of an overlapping pooling the gradient ${runtime}`, () => {
    const window = {
      kernel_shape: ints([3, 3]),
      strides: ints([2, 2]),
      pads: ints([1, 1, 1, 1]),
    };
    // Windows: rows -1..1 and 1..3, columns likewise.
    const x = [
      ...[0, 0, 0, 9],
      ...[0, 0, 0, 9],
      ...[0, 8, 8, 8],
      ...[0, 0, 0, 8],
    ];
    assert.deepEqual(
      gradientsAt("MaxPool", [1, 1, 4, 4], [x], window, { poolIndices })[0],
      [
        ...[1, 0, 0, 1],
        ...[0, 0, 0, 1],
        ...[0, 1, 0, 0],
        ...[0, 0, 0, 0],
      ],
    );
  });
}
