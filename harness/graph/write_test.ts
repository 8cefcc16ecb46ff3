import assert from "node:assert/strict";
import fc from "fast-check";
import type { Attribute, DataType, Graph, Tensor } from "./graph.ts";
import { readGraph, writeGraph } from "./mod.ts";
import { branchOnSum } from "./testdata/branch_on_sum.ts";

const ARRAYS = {
  float32: (length: number) => fc.float32Array({ minLength: length, maxLength: length }),
  float64: (length: number) => fc.float64Array({ minLength: length, maxLength: length }),
  float16: (length: number) => fc.uint16Array({ minLength: length, maxLength: length }),
  int64: (length: number) => fc.bigInt64Array({ minLength: length, maxLength: length }),
  int32: (length: number) => fc.int32Array({ minLength: length, maxLength: length }),
  int8: (length: number) => fc.int8Array({ minLength: length, maxLength: length }),
  uint8: (length: number) => fc.uint8Array({ minLength: length, maxLength: length }),
  bool: (length: number) => fc.uint8Array({ minLength: length, maxLength: length, max: 1 }),
} as const;

const type = fc.constantFrom(...Object.keys(ARRAYS) as DataType[]);
const dims = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 });
const int = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(2 ** 63, -(2 ** 63)));
const float = fc.float({ noNaN: true });

const tensor: fc.Arbitrary<Tensor> = fc.tuple(type, dims).chain(([type, dims]) =>
  ARRAYS[type](dims.reduce((product, size) => product * size, 1))
    .map((data) => ({ type, dims, data }))
);

const attribute: fc.Arbitrary<Attribute> = fc.oneof(
  int.map((value) => ({ kind: "int", value }) as const),
  float.map((value) => ({ kind: "float", value }) as const),
  fc.string().map((value) => ({ kind: "string", value }) as const),
  fc.array(int).map((value) => ({ kind: "ints", value }) as const),
  fc.array(float).map((value) => ({ kind: "floats", value }) as const),
  fc.array(fc.string()).map((value) => ({ kind: "strings", value }) as const),
  tensor.map((value) => ({ kind: "tensor", value }) as const),
);

const shape = fc.option(
  fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom("N", "height", null))),
  { nil: undefined },
);

/** A chain of nodes, each with weights, an absent input and attributes of its own. */
const graph: fc.Arbitrary<Graph> = fc.record({
  name: fc.string(),
  irVersion: fc.integer({ min: 3, max: 10 }),
  opset: fc.integer({ min: 7, max: 21 }),
  type,
  shape,
  links: fc.array(
    fc.record({
      op: fc.constantFrom("Relu", "Conv", "Gemm"),
      domain: fc.constantFrom("", "com.microsoft"),
      tensor,
      attributes: fc.dictionary(fc.string(), attribute, { noNullPrototype: true }),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  metadata: fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true }),
}).map(({ name, irVersion, opset, type, shape, links, metadata }) => ({
  name,
  irVersion,
  opsets: new Map([["", opset], ["com.microsoft", 1]]),
  inputs: [{ name: "value0", type, shape }],
  outputs: [{ name: `value${links.length}`, type, shape }],
  nodes: links.map(({ op, domain, attributes }, at) => ({
    name: `node${at}`,
    op,
    domain,
    inputs: [`value${at}`, "", `weight${at}`],
    outputs: [`value${at + 1}`],
    attributes: new Map(Object.entries(attributes)),
  })),
  initializers: new Map(links.map(({ tensor }, at) => [`weight${at}`, tensor])),
  metadata: new Map(Object.entries(metadata)),
}));

Deno.test("writeGraph() keeps everything that readGraph() reads", () => {
  fc.assert(
    fc.property(graph, (written) => {
      assert.deepEqual(readGraph(writeGraph(written), "m.onnx"), written);
    }),
    { seed: 1, numRuns: 200 },
  );
});

Deno.test("writeGraph() keeps the bodies of control-flow nodes", () => {
  const graph = readGraph(branchOnSum(), "m.onnx");
  assert.deepEqual(graph.nodes[2]!.attributes.get("then_branch")!.kind, "graph");
  assert.deepEqual(readGraph(writeGraph(graph), "m.onnx"), graph);
});

Deno.test("writeGraph() gives the same bytes for the same graph", () => {
  const graph = readGraph(branchOnSum(), "m.onnx");
  assert.deepEqual(writeGraph(graph), writeGraph(graph));
});
