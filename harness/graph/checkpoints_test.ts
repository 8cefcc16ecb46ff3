import assert from "node:assert/strict";
import { openCpu } from "../device/mod.ts";
import { sharedTest } from "../base/shared_data.ts";
import { checkpointsOf, GraphBuilder, namedCheckpoints, probeShapes, readGraph } from "./mod.ts";

const device = await openCpu(1);

sharedTest(
  "checkpointsOf() finds ResNet-18's layers as the manifest lists them",
  async (shared) => {
    const manifest = JSON.parse(await Deno.readTextFile(new URL("models/models.json", shared)));
    const entry = manifest.models.find(({ id }: { id: string }) => id === "resnet18");
    const bytes = await Deno.readFile(new URL(`models/${entry.file}`, shared));
    const graph = readGraph(bytes, entry.file);
    const shapes = await probeShapes(device, graph, [3, 224, 224]);
    const wanted = entry.checkpoints.map(
      ({ name, tensor, depth }: Record<string, unknown>) => ({ name, tensor, depth }),
    );
    assert.deepEqual(checkpointsOf(graph, shapes), wanted);
  },
);

/** A convolution with stride 2, a branch that joins again, global pooling, a dense layer. */
function branched() {
  const graph = new GraphBuilder("branched");
  const weight = (name: string, dims: readonly number[]) =>
    graph.weight(name, dims, new Float32Array(dims.reduce((a, b) => a * b)).fill(0.1));
  const x = graph.input("x", ["N", 1, 8, 8]);
  weight("stem.weight", [2, 1, 3, 3]);
  weight("left.weight", [2, 2, 1, 1]);
  weight("head.weight", [3, 4]);
  weight("head.bias", [3]);
  const stem = graph.conv("stem", x, { kernel: 3, stride: 2, padding: 1 }, false);
  const active = graph.add("stem.relu", "Relu", [stem]);
  const left = graph.conv("left", active, { kernel: 1 }, false);
  const joined = graph.add("joined", "Concat", [left, active], { axis: { kind: "int", value: 1 } });
  const pooled = graph.add("pooled", "GlobalAveragePool", [joined]);
  graph.linear("head", graph.add("flat", "Flatten", [pooled]), "y");
  graph.output("y");
  return graph.build();
}

Deno.test("checkpointsOf() follows the general rule on an unknown graph", async () => {
  const graph = branched();
  const shapes = await probeShapes(device, graph, [1, 8, 8]);
  assert.deepEqual(checkpointsOf(graph, shapes), [
    { name: "input", tensor: "x", depth: 0 },
    { name: "stem.relu", tensor: "stem.relu", depth: 1 },
    { name: "pooled", tensor: "pooled", depth: 2 },
    { name: "y", tensor: "y", depth: 3 },
  ]);
});

Deno.test("namedCheckpoints() gives depths of layers named by hand and hints at the nearest", () => {
  const graph = branched();
  assert.deepEqual(namedCheckpoints(graph, ["joined"]), [
    { name: "joined", tensor: "joined", depth: 2 },
  ]);
  assert.throws(
    () => namedCheckpoints(graph, ["joind"]),
    /no layer makes .* did you mean "joined"\?/,
  );
});
