import assert from "node:assert/strict";
import type { ImageGroup } from "../../datasets/mod.ts";
import { randomStream, RunError, silentProgress } from "../base/mod.ts";
import { sharedTest } from "../base/shared_data.ts";
import { compareWithReference } from "../../bench/reference.ts";
import { chooseDevice, type DeviceKind } from "../device/mod.ts";
import { GraphBuilder } from "../graph/mod.ts";
import { LayerProfiler, type ProfileSettings } from "./profile_layers.ts";
import type { LoadedNetwork } from "./networks.ts";

const SIDE = 8;
const PIXELS = SIDE * SIDE;
const SAMPLES = 60;

/** Pixels, then a dense layer whose first unit is 1 / (something that may be 0), then a wide one. */
function network(): LoadedNetwork {
  const graph = new GraphBuilder("tiny");
  const random = randomStream(1, "tiny");
  const x = graph.input("images", ["N", 1, SIDE, SIDE]);
  const weights = Float32Array.from({ length: 40 * PIXELS }, () => random.normal());
  graph.weight("dense.weight", [40, PIXELS], weights);
  graph.weight("dense.bias", [40], new Float32Array(40));
  const flat = graph.add("flat", "Flatten", [x]);
  const inverse = graph.add("inverse", "Reciprocal", [flat]);
  graph.linear("dense", flat, "logits");
  for (const name of [inverse, "logits"]) graph.output(name);
  const checkpoints = [
    { name: "input", tensor: "images", depth: 0 },
    { name: "inverse", tensor: "inverse", depth: 0 },
    { name: "dense", tensor: "logits", depth: 1 },
  ];
  return {
    id: "tiny",
    graph: graph.build(),
    input: "images",
    inputShape: [1, SIDE, SIDE],
    preprocessing: { shortSide: null, crop: SIDE, mean: [0], std: [1] },
    batch: null,
    checkpoints,
    units: [PIXELS, PIXELS, 40],
    parameters: 40 * PIXELS + 40,
  };
}

function group(pixel: (image: number, at: number) => number): ImageGroup {
  return {
    id: "g",
    label: "group",
    names: Array.from({ length: SAMPLES }, (_, i) => `image-${i}`),
    digest: () => Promise.resolve("0".repeat(64)),
    read: (index) =>
      Promise.resolve({
        width: SIDE,
        height: SIDE,
        channels: 1,
        data: Uint8Array.from({ length: PIXELS }, (_, at) => pixel(index, at)),
      }),
  };
}

const random = randomStream(2, "pixels");
const noise = Uint8Array.from({ length: SAMPLES * PIXELS }, () => 1 + random.integer(255));
const positive = (image: number, at: number) => noise[image * PIXELS + at]!;

async function profile(
  images: ImageGroup,
  { kind = "cpu", memoryBytes = 2 ** 30, ...settings }:
    & { kind?: DeviceKind; memoryBytes?: number }
    & Pick<ProfileSettings, "pca"> = {},
) {
  const { device } = await chooseDevice(kind, 1);
  const temporaryFolder = await Deno.makeTempDir();
  try {
    await using profiler = await LayerProfiler.open(network(), device, {
      samples: SAMPLES,
      memoryBytes,
      temporaryFolder,
    });
    const layers = await profiler.profile(
      images,
      { batchSize: 7, seed: 1, signal: new AbortController().signal, ...settings },
      silentProgress.begin("", SAMPLES, "images"),
    );
    return layers;
  } finally {
    assert.deepEqual([...Deno.readDirSync(temporaryFolder)], []);
    await Deno.remove(temporaryFolder, { recursive: true });
  }
}

Deno.test("LayerProfiler gives the same numbers when activations go to files", async () => {
  const inMemory = await profile(group(positive));
  assert.deepEqual(await profile(group(positive), { memoryBytes: 1 }), inMemory);
  assert.deepEqual(inMemory.map(({ result }) => result.n), [SAMPLES, SAMPLES, SAMPLES]);
});

Deno.test("LayerProfiler adds linear dimensions, and Gaussian points at the last hidden layer", async () => {
  const spec = { nullBlocks: [1, 2], nullRepeats: 2 };
  const pca = { spec, fullDepth: undefined };
  const layers = await profile(group(positive), { pca });
  assert.deepEqual(await profile(group(positive), { pca, memoryBytes: 1 }), layers);
  const linear = layers.map(({ result }) => result.pca!);
  assert.deepEqual(linear.map(({ features }) => features), [PIXELS, PIXELS, 40]);
  assert.deepEqual(linear.map(({ gaussian_null }) => gaussian_null === null), [true, false, true]);
  const plain = await profile(group(positive));
  const without = layers.map(({ result: { pca: _, ...result }, ...layer }) => ({
    ...layer,
    result,
  }));
  assert.deepEqual(without, plain);
});

for (const kind of ["wasm", "webgpu"] as const) {
  Deno.test(`LayerProfiler gives the same estimates on ${kind} as on cpu`, async () => {
    const [cpu, other] = [await profile(group(positive)), await profile(group(positive), { kind })];
    for (const [at, layer] of cpu.entries()) {
      const [a, b] = [layer, other[at]!].map(({ result }) => result.estimates.twonn_fit.value);
      assert.ok(Math.abs(b! / a! - 1) < 1e-4, `${layer.name}: ${a} and ${b}`);
      assert.equal(layer.result.hub.file, other[at]!.result.hub.file);
    }
  });
}

Deno.test("LayerProfiler names layer, unit and image of an infinite activation", async () => {
  const images = group((image, at) => image === 31 && at === 5 ? 0 : positive(image, at));
  await assert.rejects(
    () => profile(images),
    (error) =>
      error instanceof RunError &&
      error.message.startsWith(
        'Cannot profile layer "inverse" of tiny: unit 5 is Infinity for image g/image-31',
      ),
  );
});

Deno.test("LayerProfiler says so when all images are identical", async () => {
  await assert.rejects(
    () => profile(group(() => 7)),
    /layer "input" of tiny on group g: .* of 60 points 60 have an identical twin/,
  );
});

sharedTest("LayerProfiler gives the reference values on 500 photographs", async (shared) => {
  const deviations = await compareWithReference("cpu", shared.pathname);
  assert.equal(deviations.length, 8);
  for (const { layer, relative, hubsAgree } of deviations) {
    assert.ok(relative < 1e-4, `${layer}: off by ${relative}`);
    assert.ok(hubsAgree, `${layer}: another hub`);
  }
});
