import assert from "node:assert/strict";
import * as fc from "fast-check";
import { type Graph, GraphBuilder, tap } from "../mod.ts";
import { interpret64 } from "../testdata/interpret64.ts";
import { OPERATOR_CASES } from "../testdata/operator_cases.ts";
import { rectifyAfterPooling } from "./mod.ts";

/** The graph of a pooling with a rectifier in front of it. */
function rectified({ nodes, ...graph }: Graph): Graph {
  const builder = new GraphBuilder(graph.name, { ...graph, nodes: [] });
  builder.add("relu", "Relu", ["x"]);
  for (const node of nodes) builder.addNode({ ...node, inputs: ["relu"] });
  return builder.build();
}

for (const name of ["MaxPool", "MaxPool of 3 x 3 with stride 2 and padding 1"]) {
  Deno.test(`rectifyAfterPooling() gives the same values for ${name}`, () =>
    fc.assert(
      fc.property(OPERATOR_CASES[name]!, ({ graph, feeds }) => {
        const before = rectified(graph);
        const after = rectifyAfterPooling(before);
        assert.deepEqual(after.nodes.map(({ op }) => op), ["MaxPool", "Relu"]);
        assert.deepEqual(interpret64(after, feeds).get("y"), interpret64(before, feeds).get("y"));
      }),
      { numRuns: 20, seed: 6 },
    ));
}

const [pooling] = fc.sample(OPERATOR_CASES["MaxPool of 2 x 2"]!, { numRuns: 1, seed: 1 });

Deno.test("rectifyAfterPooling() leaves a rectifier that others use", () => {
  const builder = new GraphBuilder("net", rectified(pooling!.graph));
  builder.add("other", "Exp", ["relu"]);
  const graph = builder.build();
  assert.deepEqual(rectifyAfterPooling(graph).nodes, graph.nodes);
});

Deno.test("rectifyAfterPooling() leaves a rectifier whose values are an output", () => {
  const graph = tap(rectified(pooling!.graph), ["relu", "y"]);
  assert.deepEqual(rectifyAfterPooling(graph).nodes, graph.nodes);
});
