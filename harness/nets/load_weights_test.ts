import assert from "node:assert/strict";
import { readModelFile, readModels } from "../../datasets/mod.ts";
import { RunError } from "../base/mod.ts";
import { sharedTest } from "../base/shared_data.ts";
import { openCpu } from "../device/mod.ts";
import { type Graph, readGraph, writeGraph } from "../graph/mod.ts";
import { decodeImage, toTensor } from "../images/mod.ts";
import { buildNetwork, loadWeights, type NetOptions } from "./mod.ts";
import {
  merged,
  renamed,
  shortcutsFirst,
  withMatMul,
  withRandomWeights,
} from "./testdata/other_exporter.ts";

const device = await openCpu(2);
const OPTIONS: NetOptions = {
  classes: 10,
  inputSize: 32,
  inputChannels: 3,
  width: 1 / 16,
  seed: 1,
};

/** A network's output for each batch. */
async function outputsOf(
  graph: Graph,
  dims: readonly number[],
  batches: readonly Float32Array<ArrayBuffer>[],
): Promise<Float32Array[]> {
  const session = await device.open(writeGraph(graph));
  try {
    const found: Float32Array[] = [];
    for (const data of batches) {
      const outputs = await session.run({ [graph.inputs[0]!.name]: { dims, data } });
      found.push(outputs[graph.outputs[0]!.name]!.data.slice());
    }
    return found;
  } finally {
    await session.release();
  }
}

const DIMS = [2, 3, 32, 32];
const IMAGES = Float32Array.from({ length: 2 * 3 * 32 ** 2 }, (_, i) => Math.sin(i * i));

async function logitsOf(graph: Graph): Promise<Float32Array> {
  const [logits] = await outputsOf(graph, DIMS, [IMAGES]);
  return logits!;
}

function assertClose(found: Float32Array, wanted: Float32Array, tolerance: number): void {
  assert.equal(found.length, wanted.length);
  const scale = Math.max(...wanted.map(Math.abs));
  const error = Math.max(...found.map((value, at) => Math.abs(value - wanted[at]!)));
  assert.ok(error <= tolerance * scale, `off by ${error} at values up to ${scale}`);
}

const EXPORTERS: readonly [string, (graph: Graph) => Graph, readonly string[], number][] = [
  ["with the same names", (graph) => graph, ["vgg_objects_bn", "resnet_objects", "alexnet_28"], 0],
  ["with other names", renamed, ["vgg16_cifar", "resnet50", "mnist_cnn"], 0],
  ["with shortcuts first", (graph) => renamed(shortcutsFirst(graph)), ["resnet18", "resnet50"], 0],
  ["with MatMul and Add", withMatMul, ["vgg_objects", "resnet_objects"], 0],
  ["with MatMul and Add and other names", (g) => renamed(withMatMul(g)), ["vgg11_bn"], 0],
  ["with merged normalisation", merged, ["resnet18", "resnet50", "vgg_objects_bn"], 1e-5],
];

for (const [what, exported, names, tolerance] of EXPORTERS) {
  for (const name of names) {
    Deno.test(`loadWeights() loads ${name} from a file ${what}`, async () => {
      const width = name.includes("objects") ? 1 / 4 : OPTIONS.width;
      const graph = buildNetwork(name, { ...OPTIONS, width });
      const from = exported(withRandomWeights(graph, 7));
      const before = writeGraph(graph);
      const source = writeGraph(from);
      const loaded = loadWeights(graph, readGraph(source, "other.onnx"));
      const wanted = await logitsOf(from);
      const spread = Math.max(...wanted.map((value, at) => Math.abs(value - wanted[at % 10]!)));
      assert.ok(wanted.every(Number.isFinite) && spread > 1e-3, "the images must differ");
      assertClose(await logitsOf(loaded), wanted, tolerance);
      assert.deepEqual([...loaded.initializers.keys()], [...graph.initializers.keys()]);
      assert.deepEqual(writeGraph(graph), before, "the graph is not changed");
      assert.deepEqual(writeGraph(from), source, "the source is not changed");
    });
  }
}

Deno.test("loadWeights() fills square matrices that are stored the other way round", async () => {
  const graph = buildNetwork("vgg_objects", { ...OPTIONS, width: 1 / 4 });
  const from = withMatMul(withRandomWeights(graph, 7));
  assert.deepEqual(from.initializers.get("classifier.3.weight")!.dims, [64, 64]);
  const loaded = loadWeights(graph, from);
  assertClose(
    await logitsOf(loaded),
    await logitsOf(from),
    1e-6,
  );
});

Deno.test("loadWeights() takes the epsilon of the file", async () => {
  const graph = buildNetwork("vgg_objects_bn", OPTIONS);
  const random = withRandomWeights(graph, 7);
  const from = {
    ...random,
    nodes: random.nodes.map((node) =>
      node.op !== "BatchNormalization" ? node : {
        ...node,
        attributes: new Map([["epsilon", { kind: "float", value: 0.1 } as const]]),
      }
    ),
  };
  const loaded = await logitsOf(loadWeights(graph, from));
  assert.deepEqual(loaded, await logitsOf(from));
  assert.notDeepEqual(loaded, await logitsOf(random));
});

function refuses(to: Graph, from: Graph, ...messages: readonly RegExp[]): void {
  assert.throws(() => loadWeights(to, from), (error) => {
    assert.ok(error instanceof RunError);
    for (const message of messages) assert.match(error.message, message);
    return true;
  });
}

Deno.test("loadWeights() lists what is missing, of another shape or left over", () => {
  const vgg = (name: string, options: Partial<NetOptions> = {}) =>
    buildNetwork(name, { ...OPTIONS, ...options });
  refuses(
    vgg("vgg_objects", { classes: 7 }),
    vgg("vgg_objects"),
    /^Cannot load the weights of vgg_objects into vgg_objects: "classifier.6.weight" is float32 \[10, 16\], wanted float32 \[7, 16\]; "classifier.6.bias" is float32 \[10\], wanted float32 \[7\]$/,
  );
  refuses(
    vgg("vgg_objects"),
    vgg("vgg_objects_bn"),
    /"features.1.weight" \[1\] is left over/,
  );
  refuses(
    vgg("vgg_objects_8conv"),
    renamed(vgg("vgg_objects")),
    /: found 7 layers with weights, wanted 11; "features.2.weight" is "onnx::2", float32 \[2, 1, 3, 3\], wanted float32 \[1, 1, 3, 3\]/,
    /; and \d+ more$/,
  );
  refuses(
    vgg("vgg_objects_6conv", { width: 1 / 64 }),
    renamed(vgg("vgg_objects", { width: 1 / 64 })),
    /: found 7 layers with weights, wanted 9; /,
    /"classifier.6.weight" is missing, wanted float32 \[10, 4\]/,
  );
  refuses(
    vgg("vgg_objects", { width: 1 / 64 }),
    renamed(vgg("vgg_objects_6conv", { width: 1 / 64 })),
    /"onnx::14" \[4, 4\] is left over; /,
  );
});

Deno.test("loadWeights() refuses a normalised network from a file with neither norm nor bias", () => {
  const graph = buildNetwork("resnet_objects", OPTIONS);
  const bare = merged(graph);
  const from = {
    ...bare,
    nodes: bare.nodes.map((node) =>
      node.op === "Conv" ? { ...node, inputs: node.inputs.slice(0, 2) } : node
    ),
  };
  refuses(graph, from, /"bn1.weight" is missing, wanted float32 \[1\]/);
});

Deno.test("loadWeights() refuses convolutions with another stride", () => {
  const graph = buildNetwork("resnet50", OPTIONS);
  const from = {
    ...graph,
    nodes: graph.nodes.map((node) =>
      node.name !== "layer2.0.conv2.out" ? node : {
        ...node,
        attributes: new Map(node.attributes).set("strides", { kind: "ints", value: [1, 1] }),
      }
    ),
  };
  refuses(
    graph,
    from,
    /: "layer2.0.conv2.out" has strides \[1, 1\] in the file, wanted \[2, 2\]$/,
  );
});

/** Sums in another order than the file's own: its normalisations are merged, ours are not. */
const LOGIT_TOLERANCE = 1e-4;

sharedTest("loadWeights() makes the builder's resnet18 the network of the file", async (shared) => {
  const models = await readModels(shared.pathname);
  const entry = models.find(({ id }) => id === "resnet18")!;
  const file = readGraph(await readModelFile(entry), entry.path);
  const options = { classes: 1000, inputSize: 224, inputChannels: 3, width: 1, seed: 1 };
  const loaded = loadWeights(buildNetwork("resnet18", options), file);
  const { images } = JSON.parse(
    await Deno.readTextFile(new URL("reference/resnet18_logits.json", shared)),
  );
  const { mean, std } = entry.input;
  const pixels: Float32Array<ArrayBuffer>[] = [];
  for (const { file: name } of images) {
    const bytes = await Deno.readFile(new URL(`data/imagenette/${name}`, shared));
    const data = new Float32Array(3 * 224 * 224);
    toTensor(
      await decodeImage(bytes, name),
      { shortSide: null, crop: 224, mean, std },
      data,
      0,
      name,
    );
    pixels.push(data);
  }
  const logits = await outputsOf(loaded, [1, 3, 224, 224], pixels);
  const own = await outputsOf(file, [1, 3, 224, 224], pixels);
  for (const [at, expected] of images.entries()) {
    const pairs: [number, number][] = [
      ...own[at]!.entries(),
      ...expected.first_5_logits.entries(),
      ...expected.top_5_indices.map((unit: number, i: number) => [unit, expected.top_5_logits[i]]),
    ];
    assert.equal(pairs.length, 1010);
    const error = Math.max(...pairs.map(([unit, logit]) => Math.abs(logits[at]![unit]! - logit)));
    assert.ok(error <= LOGIT_TOLERANCE, `${expected.file}: off by ${error}`);
  }
});

sharedTest("loadWeights() refuses the files of other architectures", async (shared) => {
  const models = await readModels(shared.pathname);
  const entry = models.find(({ id }) => id === "alexnet_caffe")!;
  const file = readGraph(await readModelFile(entry), entry.path);
  const options = { classes: 1000, inputSize: 224, inputChannels: 3, width: 1 / 16, seed: 1 };
  refuses(buildNetwork("alexnet", options), file, /: found 5 layers with weights, wanted 8; /);
});
