import assert from "node:assert/strict";
import { RunError } from "../base/mod.ts";
import { openCpu } from "../device/mod.ts";
import { channelsFirst, GraphBuilder, writeGraph } from "./mod.ts";

Deno.test("channelsFirst() transposes images for a graph that takes their channels last", async () => {
  const builder = new GraphBuilder("last");
  builder.output(builder.add("y", "Relu", [builder.input("x", ["N", 1, 2, 3])]));
  const graph = channelsFirst(builder.build());
  assert.deepEqual(graph.inputs, [
    { name: "x.channels_first", type: "float32", shape: ["N", 3, 1, 2] },
  ]);
  const device = await openCpu(1);
  const session = await device.open(writeGraph(graph));
  const { y } = await session.run({
    "x.channels_first": { dims: [1, 3, 1, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
  });
  assert.deepEqual(y!.dims, [1, 1, 2, 3]);
  assert.deepEqual([...y!.data], [1, 3, 5, 2, 4, 6]);
  await session.release();
});

Deno.test("channelsFirst() refuses an input that is no batch of images", () => {
  const builder = new GraphBuilder("flat");
  builder.output(builder.add("y", "Relu", [builder.input("x", ["N", 3])]));
  assert.throws(() => channelsFirst(builder.build()), RunError);
});
