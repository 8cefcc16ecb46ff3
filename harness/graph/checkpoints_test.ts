import assert from "node:assert/strict";
import { sharedTest } from "../base/shared_data.ts";
import { RunError } from "../base/mod.ts";
import { openCpu } from "../device/mod.ts";
import {
  checkpointsOf,
  type Graph,
  GraphBuilder,
  namedCheckpoints,
  probeShapes,
  readGraph,
} from "./mod.ts";
import { tinyTransformer } from "./testdata/tiny_transformer.ts";

const device = await openCpu(1);

interface ManifestEntry {
  readonly id: string;
  readonly file: string;
  readonly checkpoints: readonly { name: string; tensor: string; depth: number }[];
}

async function manifestOf(shared: URL): Promise<ManifestEntry[]> {
  return JSON.parse(await Deno.readTextFile(new URL("models/models.json", shared))).models;
}

async function readModel(shared: URL, { file }: ManifestEntry): Promise<Graph> {
  return readGraph(await Deno.readFile(new URL(`models/${file}`, shared)), file);
}

sharedTest(
  "checkpointsOf() finds ResNet-18's layers as the manifest lists them",
  async (shared) => {
    const entry = (await manifestOf(shared)).find(({ id }) => id === "resnet18")!;
    const graph = await readModel(shared, entry);
    const shapes = await probeShapes(device, graph, [3, 224, 224]);
    const wanted = entry.checkpoints.map(({ name, tensor, depth }) => ({ name, tensor, depth }));
    assert.deepEqual(checkpointsOf(graph, shapes), wanted);
  },
);

sharedTest(
  "namedCheckpoints() gives the manifest's depths for all its networks",
  async (shared) => {
    const entries = await manifestOf(shared);
    assert.ok(entries.length >= 4);
    for (const entry of entries) {
      const graph = await readModel(shared, entry);
      const named = namedCheckpoints(graph, entry.checkpoints.map(({ tensor }) => tensor));
      assert.deepEqual(
        named.map(({ tensor, depth }) => ({ tensor, depth })),
        entry.checkpoints.map(({ tensor, depth }) => ({ tensor, depth })),
        entry.id,
      );
    }
  },
);

function weight(graph: GraphBuilder, name: string, ...dims: number[]): string {
  const size = dims.reduce((product, value) => product * value, 1);
  return graph.weight(name, dims, new Float32Array(size).fill(0.1));
}

const int = (value: number) => ({ kind: "int", value }) as const;
const ints = (...value: number[]) => ({ kind: "ints", value }) as const;

/** A convolution with stride 2, a branch that joins again, global pooling, a dense layer. */
function branched(): Graph {
  const graph = new GraphBuilder("branched");
  const x = graph.input("x", ["N", 1, 8, 8]);
  weight(graph, "stem.weight", 2, 1, 3, 3);
  weight(graph, "left.weight", 2, 2, 1, 1);
  weight(graph, "head.weight", 3, 4);
  weight(graph, "head.bias", 3);
  const stem = graph.conv("stem", x, { kernel: 3, stride: 2, padding: 1 }, false);
  const active = graph.add("stem.relu", "Relu", [stem]);
  const left = graph.conv("left", active, { kernel: 1 }, false);
  const joined = graph.add("joined", "Concat", [left, active], { axis: int(1) });
  const pooled = graph.add("pooled", "GlobalAveragePool", [joined]);
  graph.linear("head", graph.add("flat", "Flatten", [pooled]), "y");
  graph.output("y");
  return graph.build();
}

async function foundIn(graph: Graph, inputShape: readonly number[]) {
  const checkpoints = checkpointsOf(graph, await probeShapes(device, graph, inputShape));
  return Object.fromEntries(checkpoints.map(({ tensor, depth }) => [tensor, depth]));
}

Deno.test("checkpointsOf() follows the general rule on an unknown graph", async () => {
  assert.deepEqual(await foundIn(branched(), [1, 8, 8]), { x: 0, "stem.relu": 1, pooled: 2, y: 3 });
});

Deno.test("checkpointsOf() finds patches, pooling and head of a transformer", async () => {
  assert.deepEqual(await foundIn(tinyTransformer(), [1, 8, 8]), {
    images: 0,
    "patches.out": 1,
    mean: 5,
    "head.out": 6,
  });
});

Deno.test("checkpointsOf() takes a dense layer with its bias, activation and dropout", async () => {
  const graph = new GraphBuilder("mlp");
  const x = graph.input("x", ["N", 4]);
  weight(graph, "w1", 4, 5);
  weight(graph, "b1", 5);
  weight(graph, "w2", 5, 5);
  weight(graph, "w3", 5, 3);
  const biased = graph.add("biased", "Add", [graph.add("product1", "MatMul", [x, "w1"]), "b1"]);
  const dropped = graph.add("dropped", "Dropout", [graph.add("active1", "Relu", [biased])]);
  const product2 = graph.add("product2", "MatMul", [dropped, "w2"]);
  const gate = graph.add("gate", "Sigmoid", [product2]);
  const active2 = graph.add("active2", "Mul", [product2, gate]);
  const logits = graph.add("logits", "MatMul", [graph.add("same", "Identity", [active2]), "w3"]);
  graph.output(graph.add("probabilities", "Softmax", [logits]));
  const wanted = { x: 0, active1: 1, active2: 2, logits: 3 };
  assert.deepEqual(await foundIn(graph.build(), [4]), wanted);
});

Deno.test("checkpointsOf() goes on behind an inner output and leaves side heads aside", async () => {
  const graph = branched();
  const [y] = graph.outputs;
  const outputs = [{ ...y!, name: "stem.relu" }, { ...y!, name: "left.out" }, y!];
  assert.deepEqual(
    await foundIn({ ...graph, outputs }, [1, 8, 8]),
    await foundIn(graph, [1, 8, 8]),
  );
});

Deno.test("checkpointsOf() takes neither padding nor a change of layout for a layer", async () => {
  const graph = new GraphBuilder("channels_last");
  const x = graph.input("x", ["N", 8, 8, 1]);
  weight(graph, "conv.weight", 2, 1, 3, 3);
  const pads = graph.add("pads", "Constant", [], {
    value: {
      kind: "tensor",
      value: { type: "int64", dims: [8], data: BigInt64Array.of(0n, 0n, 0n, 0n, 0n, 0n, 1n, 1n) },
    },
  });
  const first = graph.add("first", "Transpose", [x], { perm: ints(0, 3, 1, 2) });
  const padded = graph.add("padded", "Pad", [first, pads]);
  const conv = graph.conv("conv", padded, { kernel: 3, stride: 2 }, false);
  graph.output(graph.add("mean", "ReduceMean", [conv], { axes: ints(2, 3), keepdims: int(0) }));
  assert.deepEqual(await foundIn(graph.build(), [8, 8, 1]), { x: 0, "conv.out": 1, mean: 1 });
});

Deno.test("checkpointsOf() leaves out an output that is no float tensor", async () => {
  const graph = new GraphBuilder("classifier");
  weight(graph, "w", 4, 3);
  const logits = graph.add("logits", "MatMul", [graph.input("x", ["N", 4]), "w"]);
  graph.output(graph.add("class", "ArgMax", [logits], { axis: int(1) }));
  const built = graph.build();
  const outputs = [{ name: "class", type: "int64", shape: undefined }] as const;
  assert.deepEqual(await foundIn({ ...built, outputs }, [4]), { x: 0, logits: 1 });
});

Deno.test("namedCheckpoints() gives depths of layers named by hand", () => {
  assert.deepEqual(namedCheckpoints(branched(), ["x", "joined"]), [
    { name: "x", tensor: "x", depth: 0 },
    { name: "joined", tensor: "joined", depth: 2 },
  ]);
});

Deno.test("namedCheckpoints() names the nearest tensor when there is none of that name", () => {
  assert.throws(
    () => namedCheckpoints(branched(), ["joind"]),
    (error) =>
      error instanceof RunError &&
      /branched: no layer makes a tensor "joind", did you mean "joined"\?/.test(error.message),
  );
});
