import assert from "node:assert/strict";
import * as fc from "fast-check";
import { randomStream, RunError } from "../base/mod.ts";
import { openCpu } from "../device/mod.ts";
import { GraphBuilder, int, ints, tap, writeGraph } from "./mod.ts";
import type { Graph } from "./mod.ts";
import { interpret64, type Tensor64 } from "./testdata/interpret64.ts";
import { OPERATOR_CASES } from "./testdata/operator_cases.ts";

const device = await openCpu(1);

/** Cases of each operator. */
const RUNS = 12;

/** Rounding of float32, relative to the largest element. */
const TOLERANCE = 1e-5;

/** That ONNX Runtime gives the same for the outputs, all of float32. */
async function compareWithRuntime(
  graph: Graph,
  outputs: readonly string[],
  feeds: ReadonlyMap<string, Tensor64>,
): Promise<void> {
  const values = interpret64(graph, feeds);
  const session = await device.open(writeGraph(tap(graph, outputs)));
  const found = await session.run(
    Object.fromEntries([...feeds].map(([name, { dims, data }]) => [
      name,
      { dims, data: Float32Array.from(data) },
    ])),
  );
  for (const name of outputs) {
    const { dims, data } = values.get(name)!;
    assert.deepEqual([...found[name]!.dims], [...dims], `shape of ${name}`);
    const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
    for (const [at, value] of data.entries()) {
      const error = Math.abs(found[name]!.data[at]! - value);
      assert.ok(error <= TOLERANCE * largest, `${name}[${at}]: ${found[name]!.data[at]}, ${value}`);
    }
  }
  await session.release();
}

for (const [name, cases] of Object.entries(OPERATOR_CASES)) {
  Deno.test(`interpret64() agrees with ONNX Runtime on ${name}`, () =>
    fc.assert(
      fc.asyncProperty(cases, ({ graph, feeds }) => {
        const last = graph.nodes.at(-1)!;
        return compareWithRuntime(graph, last.outputs, feeds);
      }),
      { numRuns: RUNS, seed: 1 },
    ));
}

type Build = (graph: GraphBuilder, x: string, integers: (...values: number[]) => string) => void;

/** Graphs over x [2, 3, 4], of which every node's output named out... is compared. */
const GRAPHS: Readonly<Record<string, Build>> = {
  "Pow, Erf and Sign": (graph, x) => {
    graph.add("out1", "Pow", [
      graph.add("abs", "Abs", [x]),
      graph.weight("e", [], Float32Array.of(1.5)),
    ]);
    graph.add("out2", "Erf", [x]);
    graph.add("out3", "Sign", [x]);
  },
  "Sum of several values": (graph, x) => {
    const row = graph.weight("row", [4], Float32Array.of(1, 2, 3, 4));
    graph.add("out", "Sum", [x, row, x]);
  },
  "comparisons, logic and Where": (graph, x) => {
    const row = graph.weight("row", [4], Float32Array.of(0.1, -0.2, 0.3, 0));
    const floats = (name: string, condition: string) =>
      graph.add(name, "Cast", [condition], { to: int(1) });
    for (const op of ["Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Equal"]) {
      floats(`out${op}`, graph.add(op, op, [x, row]));
    }
    floats("outSelf", graph.add("self", "Equal", [x, x]));
    graph.add("not", "Not", ["Less"]);
    floats("outAnd", graph.add("and", "And", ["not", "LessOrEqual"]));
    graph.add("outWhere", "Where", ["Greater", x, row]);
  },
  "Cast to integers and truth": (graph, x) => {
    const back = (name: string, value: string) => graph.add(name, "Cast", [value], { to: int(1) });
    const three = graph.weight("three", [], Float32Array.of(3));
    const large = graph.add("large", "Mul", [x, three]);
    back("out1", graph.add("integer", "Cast", [large], { to: int(7) }));
    back("out2", graph.add("truth", "Cast", ["integer"], { to: int(9) }));
  },
  Clip: (graph, x) => {
    const low = graph.weight("low", [], Float32Array.of(-0.5));
    const high = graph.weight("high", [], Float32Array.of(0.25));
    graph.add("out1", "Clip", [x, low, high]);
    graph.add("out2", "Clip", [x, "", high]);
  },
  ReduceProd: (graph, x) => {
    graph.add("out", "ReduceProd", [x], { axes: ints([0, -1]), keepdims: int(0) });
  },
  "Expand and Tile": (graph, x, integers) => {
    const one = graph.add("one", "ReduceSum", [x, integers(1)]);
    graph.add("out1", "Expand", [one, integers(2, 2, 5, 4)]);
    graph.add("out2", "Tile", [x, integers(1, 2, 3)]);
  },
  Split: (graph, x, integers) => {
    const node = { op: "Split", domain: "" };
    graph.addNode({
      ...node,
      name: "even",
      inputs: [x],
      outputs: ["out1", "out2"],
      attributes: new Map([["axis", int(-1)]]),
    });
    graph.addNode({
      ...node,
      name: "uneven",
      inputs: [x, integers(1, 2)],
      outputs: ["out3", "out4"],
      attributes: new Map([["axis", int(1)]]),
    });
  },
  "Pad with another value": (graph, x, integers) => {
    graph.add("out", "Pad", [
      x,
      integers(0, 1, 2, 1, 0, 0),
      graph.weight("v", [], Float32Array.of(7)),
    ]);
  },
  "Resize by whole factors": (graph, x, integers) => {
    const image = graph.add("image", "Unsqueeze", [x, integers(0)]);
    graph.add("out", "Resize", [
      image,
      "",
      graph.weight("factors", [4], Float32Array.of(1, 1, 2, 3)),
    ], {
      mode: { kind: "string", value: "nearest" },
      coordinate_transformation_mode: { kind: "string", value: "asymmetric" },
      nearest_mode: { kind: "string", value: "floor" },
    });
  },
  "Gather and Shape": (graph, x, integers) => {
    graph.add("out1", "Gather", [x, integers(2, -1, 0)], { axis: int(1) });
    const shape = graph.add("shape", "Shape", [x]);
    graph.add("out2", "Cast", [shape], { to: int(1) });
    graph.add("out3", "ConstantOfShape", [shape], {
      value: { kind: "tensor", value: { type: "float32", dims: [1], data: Float32Array.of(2.5) } },
    });
  },
  "GatherElements and ScatterElements": (graph, x, integers) => {
    const order = graph.constant("order", {
      type: "int64",
      dims: [2, 3, 2],
      data: BigInt64Array.of(0n, 1n, 3n, -1n, 2n, 2n, 1n, 1n, 0n, 3n, -2n, 0n),
    });
    const taken = graph.add("out1", "GatherElements", [x, order], { axis: int(2) });
    const two = graph.add("two", "Slice", [x, integers(0), integers(2), integers(2)]);
    const add = { reduction: { kind: "string", value: "add" } } as const;
    graph.add("out2", "ScatterElements", [x, order, taken], { axis: int(-1), ...add });
    const places = graph.constant("places", {
      type: "int64",
      dims: [2, 3, 2],
      data: BigInt64Array.of(0n, 1n, 3n, 0n, 2n, 1n, 1n, 3n, 0n, 3n, 2n, 0n),
    });
    graph.add("out3", "ScatterElements", [x, places, two], { axis: int(2) });
  },
  "Constant of each kind": (graph, x) => {
    graph.add("a", "Constant", [], { value_float: { kind: "float", value: 0.1 } });
    graph.add("b", "Constant", [], { value_floats: { kind: "floats", value: [1, 2, 3, 4] } });
    graph.add("c", "Constant", [], {
      value: { kind: "tensor", value: { type: "float32", dims: [], data: Float32Array.of(3) } },
    });
    graph.add("d", "Constant", [], { value_ints: ints([1, 0, 2]) });
    graph.add("out1", "Mul", [
      graph.add("ab", "Mul", ["a", "b"]),
      graph.add("cx", "Add", ["c", x]),
    ]);
    graph.add("out2", "Gather", [x, "d"], { axis: int(2) });
  },
};

for (const [name, build] of Object.entries(GRAPHS)) {
  Deno.test(`interpret64() agrees with ONNX Runtime on ${name}`, async () => {
    const builder = new GraphBuilder("test");
    let count = 0;
    const integers = (...values: number[]) =>
      builder.constant(`list${count++}`, {
        type: "int64",
        dims: [values.length],
        data: BigInt64Array.from(values, BigInt),
      });
    build(builder, builder.input("x", [2, 3, 4]), integers);
    const graph = builder.build();
    const random = randomStream(1, "interpret64");
    const data = Float64Array.from({ length: 24 }, () => Math.fround(random.normal()));
    const outputs = graph.nodes.flatMap((node) => node.outputs.filter((name) => /^out/.test(name)));
    await compareWithRuntime(graph, outputs, new Map([["x", { dims: [2, 3, 4], data }]]));
  });
}

Deno.test("interpret64() knows erf to 15 digits", () => {
  const graph = new GraphBuilder("erf");
  graph.add("y", "Erf", [graph.input("x", [4])]);
  const data = Float64Array.of(0.5, -1, 2.5, 7);
  const { data: found } = interpret64(graph.build(), new Map([["x", { dims: [4], data }]]))
    .get("y")!;
  // math.erf of CPython.
  const wanted = [0.5204998778130465, -0.8427007929497149, 0.9995930479825550, 1];
  for (const [at, value] of wanted.entries()) {
    assert.ok(Math.abs(found[at]! - value) < 1e-15, `${found[at]}, wanted ${value}`);
  }
});

Deno.test("interpret64() names the node and operator that it does not know", () => {
  const graph = new GraphBuilder("net");
  graph.add("y", "Einsum", [graph.input("x", [1])]);
  assert.throws(
    () => interpret64(graph.build(), new Map([["x", { dims: [1], data: Float64Array.of(1) }]])),
    (error) => error instanceof RunError && /net: node "y" \(Einsum\)/.test(error.message),
  );
});

Deno.test("interpret64() names the node whose input is missing", () => {
  const graph = new GraphBuilder("net");
  graph.add("y", "Relu", [graph.input("x", [1])]);
  assert.throws(
    () => interpret64(graph.build(), new Map()),
    (error) => error instanceof RunError && /node "y" \(Relu\).*"x"/.test(error.message),
  );
});
