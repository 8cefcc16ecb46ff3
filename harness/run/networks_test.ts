import assert from "node:assert/strict";
import { sha256 } from "../base/mod.ts";
import { openCpu } from "../device/mod.ts";
import { experimentSchema, type NetworkSpec, type Profile } from "../spec/mod.ts";
import { assembleNetwork } from "./assemble.ts";
import { findNetworks, type LoadContext } from "./networks.ts";

const MODEL = {
  id: "resnet18",
  architecture: "resnet18",
  file: "a.onnx",
  sha256: sha256("a"),
  bytes: 1,
  parameters: 1,
  licence: "",
  input: { name: "i", shape: ["N", 3, 8, 8], mean: [0, 0, 0], std: [1, 1, 1] },
  output: { name: "o" },
};

const estimate = { value: 1, standardError: 1 };
const RESULT = {
  group: "g",
  n: 30,
  duplicates: 0,
  hub: {
    file: "",
    nearest_neighbour_of: 1,
    share: 0,
    distinct_nearest_neighbours: 1,
    skewness: 0,
    twonn_fit_without_it: 1,
    twonn_fit_without_top_1_percent: 1,
  },
  estimates: {
    twonn_fit: estimate,
    twonn_fit_i_minus_1: estimate,
    twonn_mle_unbiased: estimate,
    twonn_mle_censored_90: estimate,
    twonn_fit_subsamples: { mean: 1, std_population: 0, repeats: 1, fraction: 1 },
    levina_bickel_k20: null,
    gride: [],
    block_analysis: [],
  },
};

function profileOf(networks: readonly Record<string, unknown>[]): Profile {
  const claim = { severity: "gate", threshold: 1, expected: "", why: "", source: "" };
  return experimentSchema.parse({
    id: "x",
    title: "",
    summary: "",
    paper: "",
    figure: "",
    kind: "id-profile",
    seed: 1,
    profiles: {
      p: {
        description: "",
        networks,
        data: {
          mixed: { set: "imagenette", split: "train", by: "all" },
          classes: { set: "imagenette", split: "train" },
        },
        samples: 30,
      },
    },
    claims: [{ ...claim, id: "c" }],
  }).profiles["p"]!;
}

async function found(networks: readonly Record<string, unknown>[]) {
  const dataRoot = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${dataRoot}/models`);
    const list = JSON.stringify({ models: [MODEL] });
    await Deno.writeTextFile(`${dataRoot}/models/models.json`, list);
    const profile = profileOf(networks);
    return await findNetworks(profile.networks, {
      profile,
      dataRoot,
      seed: 1,
      trainingKey: () => "",
    });
  } finally {
    await Deno.remove(dataRoot, { recursive: true });
  }
}

Deno.test("findNetworks() finds one file for two networks on two data sets", async () => {
  const { networks, missing } = await found([
    { kind: "onnx", id: "resnet18" },
    { kind: "onnx", id: "resnet18-classes", model: "resnet18", data: "classes" },
    { kind: "onnx", id: "resnet18-unknown" },
  ]);
  assert.deepEqual(networks.map(({ title, file, data }) => [title, file, data]), [
    ["resnet18", "a.onnx", "mixed"],
    ["resnet18-classes", "a.onnx", "classes"],
  ]);
  assert.deepEqual(missing.map(({ id }) => id), ["resnet18-unknown"]);
});

Deno.test("findNetworks() loads a built network with every layer when the experiment says so", async () => {
  const context: LoadContext = {
    device: await openCpu(1),
    trainingOf: () => ({ weights: () => new Map() }),
    async *calibrationBatches() {},
  };
  const built = { kind: "untrained", architecture: "vgg_objects_6conv", inputSize: 32, classes: 4 };
  const { networks } = await found([
    { ...built, id: "paper", width: 0.25 },
    { ...built, id: "every", width: 0.25, layers: "every" },
  ]);
  const names = [];
  for (const network of networks) {
    const { checkpoints } = await network.load(context, 0);
    names.push(checkpoints.map(({ name }) => name).join(" "));
  }
  assert.deepEqual(names, [
    "input pool1 pool2 pool3 pool4 fc1 fc2 fc3",
    "input conv1 conv2 conv3 conv4 conv5 conv6 fc1 fc2 fc3",
  ]);
});

Deno.test("assembleNetwork() hands on the published test error and whether a network gates", async () => {
  const file: Partial<NetworkSpec> & { id: string } = { kind: "onnx", id: "resnet18" };
  const { networks } = await found([
    { ...file, testError: 10.92, gates: true },
    { ...file, id: "b", model: "resnet18", inPaper: true },
    { ...file, id: "c", model: "resnet18", inPaper: true, gates: false },
    { kind: "untrained", id: "twin-of-b", architecture: "resnet18", twinOf: "b" },
    { kind: "untrained", id: "twin-of-c", architecture: "resnet18", twinOf: "c" },
    { kind: "untrained", id: "alone", architecture: "resnet18" },
  ]);
  const layer = { name: "l", tensor: "t", depth: 1, units: 1, result: RESULT };
  const results = networks.map((network) =>
    assembleNetwork(network, [{
      payload: { parameters: 1, layers: [layer] },
      cached: false,
      cell: {
        network,
        replicate: 0,
        group: {
          id: "g",
          label: "g",
          names: [],
          digest: () => Promise.resolve(""),
          read: () => Promise.reject(new Error("no image is read")),
        },
        cell: { stage: "profile", version: 1, parameters: {}, inputs: {} },
      },
    }], networks.map(({ spec }) => spec))
  );
  assert.deepEqual(results.map(({ testError, gates }) => [testError, gates]), [
    [10.92, true],
    [undefined, true],
    [undefined, false],
    [undefined, true],
    [undefined, false],
    [undefined, true],
  ]);
});
