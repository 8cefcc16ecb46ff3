import assert from "node:assert/strict";
import { everyLayerOf, type Graph, GraphBuilder } from "./mod.ts";

/** Convolutions named in order; `pool` stands for a 2 x 2 max pooling. */
function build(layers: (graph: GraphBuilder, x: string) => string): Graph {
  const graph = new GraphBuilder("small");
  const x = layers(graph, graph.input("x", ["N", 1, 8, 8]));
  graph.output(x);
  return graph.build();
}

function weight(graph: GraphBuilder, name: string, ...dims: number[]): void {
  const size = dims.reduce((product, value) => product * value, 1);
  graph.weight(name, dims, new Float32Array(size).fill(0.1));
}

function conv(graph: GraphBuilder, name: string, x: string): string {
  weight(graph, `${name}.weight`, 1, 1, 3, 3);
  return graph.conv(name, x, { kernel: 3, padding: 1 }, false);
}

function dense(graph: GraphBuilder, name: string, x: string, fanIn: number): string {
  weight(graph, `${name}.weight`, 4, fanIn);
  weight(graph, `${name}.bias`, 4);
  return graph.linear(name, x);
}

function named(graph: Graph): string[] {
  return everyLayerOf(graph).map(({ name, tensor, depth }) => `${name} ${tensor} ${depth}`);
}

const POOL = { kernel: 2, stride: 2 };

Deno.test("everyLayerOf() takes each convolution and dense layer after its activation, no pooling", () => {
  const graph = build((graph, x) => {
    x = graph.add("a.relu", "Relu", [conv(graph, "a", x)]);
    x = graph.maxPool("b", graph.add("b.relu", "Relu", [conv(graph, "b", x)]), POOL);
    x = graph.maxPool("c", graph.add("c.relu", "Relu", [conv(graph, "c", x)]), POOL);
    x = graph.add("flat", "Flatten", [x]);
    x = graph.add("d.relu", "Relu", [dense(graph, "d", x, 4)]);
    return dense(graph, "e", x, 4);
  });
  assert.deepEqual(named(graph), [
    "input x 0",
    "conv1 a.relu 1",
    "conv2 b.relu 2",
    "conv3 c.relu 3",
    "fc1 d.relu 5",
    "fc2 e.out 6",
  ]);
});

Deno.test("everyLayerOf() takes each residual block whole, and the pooling after the last", () => {
  const graph = build((graph, x) => {
    x = graph.maxPool("pool", graph.add("stem.relu", "Relu", [conv(graph, "stem", x)]), POOL);
    for (const block of ["p", "q"]) {
      const inner = graph.add(`${block}.relu`, "Relu", [conv(graph, `${block}1`, x)]);
      const sum = graph.add(`${block}.add`, "Add", [conv(graph, `${block}2`, inner), x]);
      x = graph.add(`${block}.out`, "Relu", [sum]);
    }
    x = graph.add("flat", "Flatten", [graph.add("mean", "GlobalAveragePool", [x])]);
    return dense(graph, "head", x, 1);
  });
  assert.deepEqual(named(graph), [
    "input x 0",
    "conv1 stem.relu 1",
    "block1 p.out 3",
    "block2 q.out 5",
    "avgpool mean 6",
    "fc1 head.out 7",
  ]);
});
