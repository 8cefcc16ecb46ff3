import assert from "node:assert/strict";
import { RunError, silentProgress, UsageError } from "../base/mod.ts";
import { type ChosenDevice, openCpu } from "../device/mod.ts";
import { type Graph, writeGraph } from "../graph/mod.ts";
import { tinyTransformer } from "../graph/testdata/tiny_transformer.ts";
import type { InspectionResult, Result } from "../spec/mod.ts";
import { inspectModel, type InspectRequest } from "./inspect_model.ts";
import { SIDE, tinyNetwork, writeImages } from "./inspect_fixtures.ts";
import { Store } from "./store.ts";

const chosen: ChosenDevice = { device: await openCpu(1), requested: "cpu", reason: "a test" };

/** Inspects a graph on 40 random images in a folder that is removed afterwards. */
async function inspected(
  graph: Graph,
  channels: 1 | 3,
  request: Partial<InspectRequest> = {},
  classes?: string,
): Promise<InspectionResult> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeFile(`${folder}/net.onnx`, writeGraph(graph));
    await writeImages(`${folder}/images/a`, 40, channels);
    await writeImages(`${folder}/images/b`, 44, channels);
    if (classes !== undefined) await Deno.writeTextFile(`${folder}/images/classes.json`, classes);
    using store = await Store.open(`${folder}/store`, () => {});
    return await inspectModel(
      {
        model: `${folder}/net.onnx`,
        images: `${folder}/images`,
        labels: undefined,
        samples: undefined,
        size: undefined,
        mean: undefined,
        std: undefined,
        seed: 1,
        command: "deno task inspect net.onnx",
        ...request,
      },
      chosen,
      {
        store,
        memoryBytes: 2 ** 28,
        progress: silentProgress,
        signal: new AbortController().signal,
      },
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function idsOf({ networks }: Result, at: number): number[] {
  return networks[at]!.layers.map(({ mean }) => mean.twonn_fit!);
}

Deno.test("inspectModel() gives the same profile with channels first and last", async () => {
  const first = await inspected(tinyNetwork("first"), 3);
  const last = await inspected(tinyNetwork("last"), 3);
  assert.deepEqual(idsOf(first, 0), idsOf(last, 0));
  assert.deepEqual(idsOf(first, 1), idsOf(last, 1));
  assert.notDeepEqual(idsOf(first, 0).slice(1), idsOf(first, 1).slice(1));
  assert.equal(idsOf(first, 0)[0], idsOf(first, 1)[0]);
  assert.equal(first.samples, 84);
  assert.deepEqual(first.networks.map(({ id, weights }) => [id, weights]), [
    ["net", "trained"],
    ["net-untrained", "untrained"],
  ]);
  assert.deepEqual(first.networks[0]!.layers.map(({ units }) => units), [
    ...[192, 8 * 36, 12 * 16, 12, 5],
  ]);
  assert.ok(first.notes.some((note) => note.includes("mean 0.485, 0.456, 0.406")));
  assert.ok(first.findings.some(({ id }) => id === "few-samples"));
});

Deno.test("inspectModel() makes groups of equal size of folders", async () => {
  const { data, samples, networks } = await inspected(tinyNetwork("first"), 3, {
    labels: "folders",
  });
  assert.equal(samples, 40);
  assert.deepEqual(data[0]!.groups.map(({ id, n }) => [id, n]), [["a", 40], ["b", 40]]);
  assert.ok(networks.every(({ layers }) => layers.every(({ groups }) => groups.length === 2)));
});

Deno.test("inspectModel() profiles a transformer at its blocks and its pooled representation", async () => {
  const { networks, notes } = await inspected(tinyTransformer(), 1);
  const tensors = networks[0]!.layers.map(({ tensor }) => tensor);
  assert.deepEqual(tensors, ["images", "patches.out", "joined1", "joined2", "mean", "head.out"]);
  assert.ok(notes.some((note) => note.includes("mean 0.449 and std 0.226")));
  assert.deepEqual(networks.map(({ title }) => title), [
    "net",
    "net (untrained twin)",
    "net (mean over tokens)",
  ]);
  const [all, , mean] = networks;
  const unitsOf = ({ layers }: typeof all & object) => layers.map(({ units }) => units);
  assert.deepEqual(unitsOf(all!), [64, 24, 24, 24, 6, 3]);
  assert.deepEqual(unitsOf(mean!), [64, 24, 6, 6, 6, 3]);
  assert.ok(notes.some((note) => note.startsWith("A transformer's layers are shown in more")));
  // The head reads the mean of the last block, so that both are the same representation.
  const last = mean!.layers.slice(-3, -1).map((layer) => layer.mean.twonn_fit!);
  assert.ok(Math.abs(last[0]! / last[1]! - 1) < 1e-3, `${last}`);
});

Deno.test("inspectModel() takes the only batch that a model takes", async () => {
  const graph = tinyNetwork("first");
  const inputs = [{ ...graph.inputs[0]!, shape: [8, 3, 8, 8] }];
  const { samples } = await inspected({ ...graph, inputs }, 3);
  assert.equal(samples, 80);
});

Deno.test("inspectModel() refuses what it cannot inspect", async () => {
  const graph = tinyNetwork("first");
  const [input] = graph.inputs as [Graph["inputs"][number]];
  const shaped = (shape: readonly (number | string | null)[] | undefined) => ({
    ...graph,
    inputs: [{ ...input, shape }],
  });
  const int8 = { type: "int8", dims: [5, 12], data: new Int8Array(60) } as const;
  const wrong: [Graph, Partial<InspectRequest>, typeof RunError | typeof UsageError, RegExp][] = [
    [
      { ...graph, inputs: [input, { ...input, name: "mask" }] },
      {},
      RunError,
      /net\.onnx: found the inputs "images" \(float32\), "mask" \(float32\), wanted one/,
    ],
    [shaped(undefined), {}, RunError, /input "images" has the shape .*wanted \[N, channels/],
    [shaped(["N", 4, 8, 8]), {}, RunError, /has the shape \[N, 4, 8, 8\], wanted \[N, channels/],
    [shaped(["N", 3, 8, 9]), { size: 10 }, UsageError, /--size: found 10, wanted 8 x 9/],
    [shaped(["N", 3, "H", "W"]), {}, UsageError, /--size: .* takes images of any size/],
    [graph, { size: 16 }, UsageError, /--size: found 16, wanted 8/],
    [graph, { mean: [0.5] }, UsageError, /--mean: found 1 numbers, wanted 3/],
    [graph, { samples: 85 }, RunError, /images: found 84 images .*, wanted at least 85/],
    [graph, { images: "absent" }, RunError, /absent: no such folder/],
    [
      { ...graph, initializers: new Map([...graph.initializers, ["head.weight", int8]]) },
      {},
      RunError,
      /the weights "head\.weight" are int8, wanted float32/,
    ],
    [
      {
        ...graph,
        nodes: graph.nodes.map((node) => node.op === "Relu" ? { ...node, op: "Unheard" } : node),
      },
      {},
      RunError,
      /net\.onnx: device cpu cannot run it: .*Unheard/,
    ],
  ];
  for (const [model, request, kind, message] of wrong) {
    await assert.rejects(inspected(model, 3, request), (error) => {
      assert.ok(error instanceof kind, String(error));
      assert.match(error.message, message);
      return true;
    });
  }
});

Deno.test("inspectModel() takes --size for a model that leaves it open", async () => {
  const open = await inspected(tinyNetwork("last", "side"), 3, { size: 8 });
  assert.deepEqual(idsOf(open, 0), idsOf(await inspected(tinyNetwork("last"), 3), 0));
});

Deno.test("inspectModel() fills the rectangle that a model takes", async () => {
  const graph = tinyNetwork("first", SIDE, 6);
  const { networks, notes } = await inspected(graph, 3);
  assert.equal(networks[0]!.layers[0]!.units, 3 * SIDE * 6);
  assert.ok(
    notes.some((note) => note.includes("scaled to cover, central 6 x 8 pixels")),
    `${notes}`,
  );
});

Deno.test("inspectModel() counts right answers where folders name classes", async () => {
  const labels = "folders" as const;
  const unknown = await inspected(tinyNetwork("first"), 3, { labels });
  assert.equal(unknown.accuracy, null);
  assert.ok(unknown.notes.some((note) => note.startsWith("Accuracy is not known")));
  const known = await inspected(tinyNetwork("first"), 3, { labels }, '{"a": 0, "b": 4}');
  assert.equal(known.accuracy!.images, 80);
  assert.equal(known.accuracy!.top5, null);
  assert.equal(known.accuracy!.labels, "by classes.json");
  const always: Graph = tinyNetwork("first");
  const bias = Float32Array.of(-1e6, 0, 1e6, 0, 0);
  const initializers = new Map([...always.initializers, [
    "head.bias",
    { type: "float32", dims: [5], data: bias } as const,
  ]]);
  const second = await inspected({ ...always, initializers }, 3, { labels }, '{"a": 1, "b": 2}');
  assert.equal(second.accuracy!.top1, 0.5);
});
