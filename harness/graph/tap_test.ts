import assert from "node:assert/strict";
import { RunError } from "../base/mod.ts";
import { openCpu } from "../device/mod.ts";
import { GraphBuilder, readGraph, tap, writeGraph } from "./mod.ts";
import { branchOnSum } from "./testdata/branch_on_sum.ts";

/** Two inputs; `left` needs only the first. */
function twoInputs() {
  const graph = new GraphBuilder("two");
  const a = graph.input("a", ["N", 2]);
  const b = graph.input("b", ["N", 2]);
  graph.weight("scale", [2], Float32Array.of(2, 3));
  graph.weight("unused", [2], Float32Array.of(0, 0));
  const left = graph.add("left", "Mul", [a, "scale"]);
  graph.output(graph.add("y", "Add", [left, b]));
  return graph.build();
}

Deno.test("tap() keeps only the inputs, nodes and weights that the tensors need", () => {
  const tapped = tap(twoInputs(), ["left"]);
  assert.deepEqual(tapped.inputs.map(({ name }) => name), ["a"]);
  assert.deepEqual(tapped.nodes.map(({ op }) => op), ["Mul"]);
  assert.deepEqual([...tapped.initializers.keys()], ["scale"]);
  assert.deepEqual(tapped.outputs, [{ name: "left", type: "float32", shape: undefined }]);
});

Deno.test("tap() lists a tensor once that is asked for twice", () => {
  const tapped = tap(twoInputs(), ["left", "y", "left"]);
  assert.deepEqual(tapped.outputs.map(({ name }) => name), ["left", "y"]);
});

Deno.test("tap() leaves its graph as it was", () => {
  const graph = twoInputs();
  tap(graph, ["left"]);
  assert.deepEqual(graph, twoInputs());
});

Deno.test("tap() names the nearest tensor, or says that it is an input", () => {
  const refuses = (tensor: string, message: RegExp) =>
    assert.throws(
      () => tap(twoInputs(), [tensor]),
      (error) => error instanceof RunError && message.test(error.message),
    );
  refuses("lefd", /two: no layer makes a tensor "lefd", did you mean "left"\?/);
  refuses("a", /two: no layer makes a tensor "a": it is an input/);
  refuses("scale", /two: no layer makes a tensor "scale"/);
});

Deno.test("tap() keeps what the bodies of control-flow nodes take from outside", async () => {
  const device = await openCpu(1);
  const tapped = tap(readGraph(branchOnSum(), "m.onnx"), ["y"]);
  assert.deepEqual([...tapped.initializers.keys()], ["zero", "one", "two"]);
  const session = await device.open(writeGraph(tapped));
  try {
    const run = async (...x: number[]) => {
      const { y } = await session.run({ x: { dims: [1, 2], data: Float32Array.from(x) } });
      return [...y!.data];
    };
    assert.deepEqual(await run(1, 2), [2, 4]);
    assert.deepEqual(await run(-1, -2), [0, -1]);
  } finally {
    await session.release();
  }
});
