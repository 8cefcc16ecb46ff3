import assert from "node:assert/strict";
import fc from "fast-check";
import type { GraphNode } from "./graph.ts";
import { consumersOf, GraphBuilder, producersOf, prune, readGraph, sortNodes } from "./mod.ts";
import { branchOnSum } from "./testdata/branch_on_sum.ts";
import { usedBy } from "./topology.ts";

function node(at: number, uses: readonly number[]): GraphNode {
  return {
    name: `node${at}`,
    op: "Sum",
    domain: "",
    inputs: ["x", ...uses.map((other) => `value${other}`)],
    outputs: [`value${at}`],
    attributes: new Map(),
  };
}

/** Nodes that use values of earlier ones only, and an order to shuffle them into. */
const shuffled = fc.integer({ min: 1, max: 30 }).chain((count) =>
  fc.tuple(
    fc.tuple(...Array.from({ length: count }, (_, at) =>
      fc.uniqueArray(fc.nat({ max: Math.max(0, at - 1) }), { maxLength: at === 0 ? 0 : 4 }))),
    fc.shuffledSubarray(
      Array.from({ length: count }, (_, at) =>
        at),
      { minLength: count },
    ),
  )
).map(([uses, order]) => {
  const nodes = uses.map((of, at) => node(at, of));
  return { nodes, mixed: order.map((at) => nodes[at]!) };
});

function graphOf(nodes: readonly GraphNode[]) {
  return {
    inputs: [{ name: "x", type: "float32", shape: undefined }] as const,
    outputs: [],
    nodes,
    initializers: new Map(),
  };
}

Deno.test("sortNodes() puts every node after those that it waits for, and loses none", () => {
  fc.assert(
    fc.property(shuffled, ({ mixed }) => {
      const sorted = sortNodes(graphOf(mixed), "m.onnx");
      const made = new Set(["x"]);
      for (const { inputs, outputs } of sorted) {
        assert.ok(inputs.every((input) => made.has(input)));
        for (const output of outputs) made.add(output);
      }
      assert.deepEqual(new Set(sorted), new Set(mixed));
    }),
    { seed: 1 },
  );
});

Deno.test("sortNodes() leaves nodes as they are when their order is right", () => {
  fc.assert(
    fc.property(shuffled, ({ nodes }) => {
      assert.deepEqual(sortNodes(graphOf(nodes), "m.onnx"), nodes);
    }),
    { seed: 1 },
  );
});

Deno.test("sortNodes() finds a cycle wherever it is", () => {
  fc.assert(
    fc.property(shuffled, fc.nat(), ({ mixed }, pick) => {
      const inCycle = mixed[pick % mixed.length]!;
      const cyclic = mixed.map((one) =>
        one === inCycle ? { ...one, inputs: [...one.inputs, one.outputs[0]!] } : one
      );
      assert.throws(
        () => sortNodes(graphOf(cyclic), "m.onnx"),
        new RegExp(`m\\.onnx: cyclic graph: node "${inCycle.name}" waits for itself`),
      );
    }),
    { seed: 1 },
  );
});

/** x -> a -> b, and a -> c that nothing uses. */
function forked() {
  const graph = new GraphBuilder("forked");
  const a = graph.add("a", "Relu", [graph.input("x", ["N", 1])]);
  graph.output(graph.add("b", "Relu", [a]));
  graph.add("c", "Relu", [a]);
  return graph.build();
}

Deno.test("producersOf() and consumersOf() say who makes and who uses a value", () => {
  const { nodes } = forked();
  assert.equal(producersOf(nodes).get("a")!.name, "a");
  assert.equal(producersOf(nodes).has("x"), false);
  assert.deepEqual(consumersOf(nodes).get("a")!.map(({ name }) => name), ["b", "c"]);
  assert.equal(consumersOf(nodes).has("b"), false);
});

Deno.test("prune() drops what the wanted values do not need", () => {
  assert.deepEqual(prune(forked(), ["b"]).nodes.map(({ name }) => name), ["a", "b"]);
});

Deno.test("usedBy() counts what the bodies of a node take from outside, and nothing of their own", () => {
  const choice = readGraph(branchOnSum(), "m.onnx").nodes.find(({ op }) => op === "If")!;
  assert.deepEqual([...usedBy(choice)].sort(), ["one", "positive", "two", "x"]);
});
