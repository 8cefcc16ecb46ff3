import assert from "node:assert/strict";
import { elementTypes } from "./element_types.ts";
import { GraphBuilder, readGraph } from "./mod.ts";
import { branchOnSum } from "./testdata/branch_on_sum.ts";

const int = (value: number) => ({ kind: "int", value }) as const;

Deno.test("elementTypes() follows types through casts, comparisons and choices", () => {
  const graph = new GraphBuilder("types");
  const x = graph.input("x", ["N", 3]);
  const small = graph.weight("small", [1], Float32Array.of(0.5));
  graph.add("shape", "Shape", [x]);
  graph.add("first", "Gather", ["shape", "shape"]);
  graph.add("half", "Cast", [x], { to: int(10) });
  graph.add("half.relu", "Relu", ["half"]);
  graph.add("again", "Cast", ["half.relu"], { to: int(1) });
  graph.add("above", "Greater", [x, small]);
  graph.add("chosen", "Where", ["above", x, small]);
  graph.add("best", "ArgMax", [x]);
  graph.add("filled", "ConstantOfShape", ["shape"]);
  graph.add("quantised", "QuantizeLinear", [x, small]);
  graph.add("listed", "Constant", [], { value_ints: { kind: "ints", value: [1] } });
  const types = elementTypes(graph.build());
  assert.deepEqual(Object.fromEntries(types), {
    x: "float32",
    small: "float32",
    shape: "int64",
    first: "int64",
    half: "float16",
    "half.relu": "float16",
    again: "float32",
    above: "bool",
    chosen: "float32",
    best: "int64",
    filled: "float32",
    quantised: "uint8",
    listed: "int64",
  });
});

Deno.test("elementTypes() gives indices and masks beside the values their own type", () => {
  const graph = new GraphBuilder("further");
  const x = graph.input("x", ["N", 1, 4]);
  graph.add("pool", "MaxPool", [x]);
  const built = graph.build();
  const nodes = built.nodes.map((node) => ({ ...node, outputs: ["pool", "indices"] }));
  const types = elementTypes({ ...built, nodes });
  assert.equal(types.get("pool"), "float32");
  assert.equal(types.get("indices"), "int64");
});

Deno.test("elementTypes() gives a control-flow node the type that its branches make", () => {
  assert.equal(elementTypes(readGraph(branchOnSum(), "m.onnx")).get("y"), "float32");
});

Deno.test("elementTypes() is not misled by an operator named like a method of objects", () => {
  const graph = new GraphBuilder("names");
  graph.add("y", "constructor", [graph.input("x", ["N"])]);
  assert.equal(elementTypes(graph.build()).get("y"), "float32");
});
