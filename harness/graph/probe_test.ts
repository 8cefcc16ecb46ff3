import assert from "node:assert/strict";
import { RunError } from "../base/mod.ts";
import { openCpu } from "../device/mod.ts";
import { type Graph, GraphBuilder, probeShapes } from "./mod.ts";
import { tinyTransformer, TOKEN_SIZE, TOKENS } from "./testdata/tiny_transformer.ts";

const device = await openCpu(1);
const int = (value: number) => ({ kind: "int", value }) as const;

Deno.test("probeShapes() finds the shape of every float tensor, whatever the operators", async () => {
  const shapes = await probeShapes(device, tinyTransformer(), [1, 8, 8]);
  assert.deepEqual(shapes.get("images"), [1, 8, 8]);
  assert.deepEqual(shapes.get("patches.out"), [TOKEN_SIZE, 2, 2]);
  assert.deepEqual(shapes.get("tokens"), [TOKENS, TOKEN_SIZE]);
  assert.deepEqual(shapes.get("scores"), [TOKENS, TOKENS]);
  assert.deepEqual(shapes.get("mean"), [TOKEN_SIZE]);
  assert.equal(shapes.has("shape"), false);
  assert.equal(shapes.has("patches.weight"), false);
});

/** Flattens by the shape that it computes, as older exporters write it. */
function withComputedShape(): Graph {
  const graph = new GraphBuilder("computed");
  const x = graph.input("x", ["N", 2, 3]);
  const minusOne = graph.add("minusOne", "Constant", [], {
    value: { kind: "tensor", value: { type: "int64", dims: [1], data: BigInt64Array.of(-1n) } },
  });
  const zero = graph.add("zero", "Constant", [], {
    value: { kind: "tensor", value: { type: "int64", dims: [1], data: BigInt64Array.of(0n) } },
  });
  const batch = graph.add("batch", "Gather", [graph.add("shape", "Shape", [x]), zero]);
  const shape = graph.add("flatShape", "Concat", [batch, minusOne], { axis: int(0) });
  const cast = graph.add("cast", "Cast", [x], { to: int(1) });
  graph.output(graph.add("flat", "Reshape", [cast, shape]));
  return graph.build();
}

Deno.test("probeShapes() leaves out values that are not float32", async () => {
  const shapes = await probeShapes(device, withComputedShape(), [2, 3]);
  assert.deepEqual(Object.fromEntries(shapes), { x: [2, 3], cast: [2, 3], flat: [6] });
});

Deno.test("probeShapes() runs the batch that the graph insists on", async () => {
  const graph = new GraphBuilder("fixed");
  graph.output(graph.add("y", "Relu", [graph.input("x", [4, 3])]));
  const shapes = await probeShapes(device, graph.build(), [3]);
  assert.deepEqual(shapes.get("y"), [3]);
});

Deno.test("probeShapes() leaves out tensors that do not begin with the batch", async () => {
  const graph = new GraphBuilder("tokens first");
  const x = graph.input("x", ["N", 3, 2]);
  const perm = { kind: "ints", value: [1, 0, 2] } as const;
  const turned = graph.add("turned", "Transpose", [x], { perm });
  graph.output(graph.add("back", "Transpose", [graph.add("y", "Relu", [turned])], { perm }));
  const shapes = await probeShapes(device, graph.build(), [3, 2]);
  assert.deepEqual(Object.fromEntries(shapes), { x: [3, 2], back: [3, 2] });
});

Deno.test("probeShapes() refuses a graph with no input, with two, or of another type", async () => {
  const refuses = (graph: Graph, message: RegExp) =>
    assert.rejects(
      probeShapes(device, graph, [2, 3]),
      (error) => error instanceof RunError && message.test(error.message),
    );
  const graph = withComputedShape();
  const [x] = graph.inputs;
  await refuses({ ...graph, inputs: [] }, /Cannot run computed: found the inputs none, wanted one/);
  await refuses({ ...graph, inputs: [x!, { ...x!, name: "z" }] }, /"x" \(float32\), "z" \(float32/);
  await refuses({ ...graph, inputs: [{ ...x!, type: "int64" }] }, /"x" \(int64\), wanted one of/);
});
