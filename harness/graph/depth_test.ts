import assert from "node:assert/strict";
import { depthsOf } from "./depth.ts";
import { GraphBuilder } from "./mod.ts";
import { tinyTransformer } from "./testdata/tiny_transformer.ts";

Deno.test("depthsOf() counts the longest path, so the convolution of a shortcut does not count", () => {
  const graph = new GraphBuilder("block");
  const x = graph.input("x", ["N", 1, 4, 4]);
  for (const name of ["conv1", "conv2"]) {
    graph.weight(`${name}.weight`, [1, 1, 3, 3], new Float32Array(9));
  }
  graph.weight("downsample.weight", [1, 1, 1, 1], new Float32Array(1));
  const conv1 = graph.conv("conv1", x, { kernel: 3, stride: 2, padding: 1 }, false);
  const conv2 = graph.conv("conv2", conv1, { kernel: 3, padding: 1 }, false);
  const shortcut = graph.conv("downsample", x, { kernel: 1, stride: 2 }, false);
  graph.output(graph.add("sum", "Add", [conv2, shortcut]));
  const depths = depthsOf(graph.build());
  assert.equal(depths.get("downsample.out"), 1);
  assert.equal(depths.get("sum"), 2);
});

Deno.test("depthsOf() counts products with weights, also computed ones, but not attention", () => {
  const depths = depthsOf(tinyTransformer());
  const wanted = {
    images: 0,
    "patches.out": 1,
    embedded: 1,
    "norm1.out": 1,
    "query.out": 2,
    scores: 2,
    mixed: 2,
    "projection.out": 3,
    joined1: 3,
    "up.out": 4,
    "gelu.out": 4,
    "head.out": 6,
  };
  for (const [tensor, depth] of Object.entries(wanted)) {
    assert.equal(depths.get(tensor), depth, tensor);
  }

  const graph = new GraphBuilder("computed");
  const x = graph.input("x", ["N", 2]);
  graph.weight("stored", [3, 2], new Float32Array(6));
  const weight = graph.add("turned", "Transpose", ["stored"]);
  graph.output(graph.add("y", "MatMul", [x, weight]));
  assert.deepEqual(Object.fromEntries(depthsOf(graph.build())), { x: 0, y: 1 });
});
