import assert from "node:assert/strict";
import { RunError } from "../base/mod.ts";
import { type Graph, GraphBuilder, untrainedTwin } from "./mod.ts";
import { tinyTransformer, TOKEN_SIZE } from "./testdata/tiny_transformer.ts";

function valuesOf(graph: Graph, name: string): Float32Array {
  const { data } = graph.initializers.get(name)!;
  assert.ok(data instanceof Float32Array);
  return data;
}

/** Mean of the squares. */
function power(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
}

function filled(length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => 3 + Math.sin(i));
}

/** Preprocessing, grouped convolution, normalisation, dense layer over a transposed weight. */
function network(): Graph {
  const graph = new GraphBuilder("network");
  const x = graph.input("x", ["N", 3, 8, 8]);
  const weight = (name: string, ...dims: number[]) =>
    graph.weight(name, dims, filled(dims.reduce((product, size) => product * size, 1)));
  const centred = graph.add("centred", "Add", [x, weight("offset", 3, 1, 1)]);
  weight("conv.weight", 64, 3, 3, 3);
  weight("conv.bias", 64);
  const conv = graph.conv("conv", centred, { kernel: 3 }, true);
  const parameters = ["scale", "shift", "mean", "variance"].map((name) => weight(name, 64));
  const normed = graph.add("normed", "BatchNormalization", [conv, ...parameters]);
  const doubled = graph.add("doubled", "Mul", [normed, weight("two", 1)]);
  const flat = graph.add("flat", "Flatten", [doubled]);
  const turned = graph.add("turned", "Transpose", [weight("dense", 10, 2304)]);
  graph.output(graph.add("y", "MatMul", [flat, turned]));
  return graph.build();
}

Deno.test("untrainedTwin() draws by fan-in, resets, and keeps what training does not change", () => {
  const graph = network();
  const twin = untrainedTwin(graph, 1);
  const of = (name: string) => valuesOf(twin.graph, name);
  assert.ok(Math.abs(power(of("conv.weight")) / (2 / 27) - 1) < 0.1);
  assert.ok(Math.abs(power(of("dense")) / (2 / 2304) - 1) < 0.05);
  for (const [name, value] of [["conv.bias", 0], ["scale", 1], ["shift", 0], ["variance", 1]]) {
    assert.deepEqual(new Set(of(String(name))), new Set([value]), String(name));
  }
  for (const name of ["offset", "two"]) {
    assert.equal(twin.graph.initializers.get(name), graph.initializers.get(name), name);
  }
  assert.equal(twin.drawn, 64 * 27 + 23040);
  assert.equal(twin.reset, 5 * 64);
  assert.equal(twin.kept, 3 + 1);
  assert.deepEqual(graph.initializers.get("dense")!.data, filled(23040));
});

Deno.test("untrainedTwin() gives the same weights for the same seed only", () => {
  const dense = (seed: number) => untrainedTwin(network(), seed).graph.initializers.get("dense");
  assert.deepEqual(dense(1), dense(1));
  assert.notDeepEqual(dense(1), dense(2));
});

Deno.test("untrainedTwin() of a transformer leaves the numbers of its formulas", () => {
  const graph = tinyTransformer();
  const twin = untrainedTwin(graph, 1).graph;
  for (const name of ["root2", "half", "one", "norm1.two", "norm1.epsilon"]) {
    assert.equal(twin.initializers.get(name), graph.initializers.get(name), name);
  }
  assert.deepEqual(new Set(valuesOf(twin, "query.bias")), new Set([0]));
  const [query, position] = [valuesOf(twin, "query.weight"), valuesOf(twin, "position")];
  assert.ok(power(query) > 0.5 / TOKEN_SIZE && power(query) < 4 / TOKEN_SIZE);
  assert.ok(power(position) < 0.05 ** 2);
});

Deno.test("untrainedTwin() finds weights in Constant nodes", () => {
  const graph = network();
  const dense = graph.initializers.get("dense")!;
  const constant = {
    name: "dense",
    op: "Constant",
    domain: "",
    inputs: [],
    outputs: ["dense"],
    attributes: new Map([["value", { kind: "tensor", value: dense } as const]]),
  };
  const initializers = new Map([...graph.initializers].filter(([name]) => name !== "dense"));
  const twin = untrainedTwin({ ...graph, nodes: [constant, ...graph.nodes], initializers }, 1);
  assert.deepEqual(
    twin.graph.initializers.get("dense"),
    untrainedTwin(graph, 1).graph.initializers.get("dense"),
  );
});

Deno.test("untrainedTwin() refuses a graph without weights", () => {
  const graph = new GraphBuilder("empty");
  graph.output(graph.add("y", "Relu", [graph.input("x", ["N", 3, 8, 8])]));
  assert.throws(() => untrainedTwin(graph.build(), 1), RunError);
});
