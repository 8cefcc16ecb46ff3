import assert from "node:assert/strict";
import { randomStream, UsageError } from "../base/mod.ts";
import { openCpu, openWasm } from "../device/mod.ts";
import { type Graph, tap, writeGraph } from "../graph/mod.ts";
import {
  buildBackbone,
  camNetwork,
  partPoolNetwork,
  plainClassifier,
  type ProtoPNet,
  protopnet,
  type ProtoPNetOptions,
} from "./mod.ts";

const device = await openCpu(2);
const BACKBONE = buildBackbone("vgg11", {
  inputSize: 32,
  inputChannels: 3,
  width: 1 / 16,
  seed: 1,
  stride: 8,
});
const OPTIONS: ProtoPNetOptions = {
  classes: 3,
  prototypes: 6,
  depth: 16,
  addOn: "regular",
  similarity: "log",
  seed: 2,
};
const IMAGES = { dims: [4, 3, 32, 32], data: draw(4 * 3 * 32 * 32) };

function draw(length: number): Float32Array<ArrayBuffer> {
  const random = randomStream(1, "images");
  return Float32Array.from({ length }, () => random.normal());
}

async function valuesOf(graph: Graph, names: readonly string[], on = device, more = {}) {
  const session = await on.open(writeGraph(tap(graph, names)));
  try {
    const outputs = await session.run({ images: IMAGES, ...more });
    return names.map((name) => ({ ...outputs[name]!, data: outputs[name]!.data.slice() }));
  } finally {
    await session.release();
  }
}

function near(found: Iterable<number>, wanted: Iterable<number>, tolerance: number): void {
  const [a, b] = [[...found], [...wanted]];
  assert.equal(a.length, b.length);
  for (const [i, value] of a.entries()) {
    assert.ok(Math.abs(value - b[i]!) <= tolerance, `[${i}]: ${value}, wanted ${b[i]}`);
  }
}

/** Prototypes that are patches of the latent maps: prototype j that of image j % 4 at cell 2 j. */
async function projected(net: ProtoPNet): Promise<ProtoPNet> {
  const [latent] = await valuesOf(net.inference, ["latent"]);
  const [, depth, height, width] = latent!.dims as [number, number, number, number];
  const area = height * width;
  const data = Float32Array.from(
    { length: net.classOf.length * depth },
    (_, i) => {
      const [j, channel] = [Math.floor(i / depth), i % depth];
      return latent!.data[((j % 4) * depth + channel) * area + 2 * j]!;
    },
  );
  const replace = (graph: Graph): Graph => ({
    ...graph,
    initializers: new Map([
      ...graph.initializers,
      ["prototypes", { type: "float32", dims: [data.length / depth, depth, 1, 1], data }],
    ]),
  });
  return { ...net, inference: replace(net.inference), training: replace(net.training) };
}

/** Squared distances [N, P, cells] in float64. */
function distances64({ inference, depth }: ProtoPNet, latent: Float32Array, cells: number) {
  const prototypes = inference.initializers.get("prototypes")!.data as Float32Array;
  const rows: number[] = [];
  for (let n = 0; n < 4; n++) {
    for (let j = 0; j < prototypes.length / depth; j++) {
      for (let cell = 0; cell < cells; cell++) {
        let sum = 0;
        for (let d = 0; d < depth; d++) {
          sum += (latent[(n * depth + d) * cells + cell]! - prototypes[j * depth + d]!) ** 2;
        }
        rows.push(sum);
      }
    }
  }
  return rows;
}

for (const on of [device, await openWasm(1)]) {
  Deno.test(`protopnet() gives the distances of patches to prototypes on ${on.kind}`, async () => {
    const net = await projected(protopnet(BACKBONE, OPTIONS));
    const names = ["latent", "distances", "min_distances", "similarities", "logits"];
    const [latent, distances, nearest, similarities, logits] = await valuesOf(
      net.inference,
      names,
      on,
    );
    assert.deepEqual(latent!.dims, [4, 16, 4, 4]);
    assert.deepEqual(distances!.dims, [4, 6, 4, 4]);
    assert.deepEqual([nearest!.dims, similarities!.dims, logits!.dims], [[4, 6], [4, 6], [4, 3]]);
    const wanted = distances64(net, latent!.data, 16);
    near(distances!.data, wanted, 3e-7);
    const minima = Array.from(
      nearest!.data,
      (_, i) => Math.min(...wanted.slice(16 * i, 16 * i + 16)),
    );
    for (const [i, value] of minima.entries()) near([nearest!.data[i]!], [value], 1e-6 * value);
    // A prototype's own patch is at distance 0, to the last bit.
    for (let j = 0; on === device && j < 6; j++) assert.equal(nearest!.data[(j % 4) * 6 + j], 0);
    near(similarities!.data, minima.map((d) => Math.log((d + 1) / (d + 1e-4))), 5e-6);
    for (let n = 0; n < 4; n++) {
      for (let k = 0; k < 3; k++) {
        let sum = 0;
        for (let j = 0; j < 6; j++) {
          sum += similarities!.data[6 * n + j]! * (Math.floor(j / 2) === k ? 1 : -0.5);
        }
        near([logits!.data[3 * n + k]!], [sum], 1e-5);
      }
    }
  });
}

Deno.test("protopnet() gives the same in its inference and training form", async () => {
  const net = protopnet(BACKBONE, { ...OPTIONS, addOn: "bottleneck" });
  const names = ["distances", "min_distances", "logits"];
  const [inference, training] = await Promise.all(
    [net.inference, net.training].map((graph) => valuesOf(graph, names)),
  );
  for (const [at, { data }] of inference!.entries()) near(training![at]!.data, data, 2e-5);
});

Deno.test("protopnet() takes the similarity's constants from the paper", async () => {
  const net = await projected(protopnet(BACKBONE, OPTIONS));
  const [log] = await valuesOf(net.inference, ["similarities"]);
  near([log!.data[0]!], [9.21034], 1e-5);
  const linear = await projected(protopnet(BACKBONE, { ...OPTIONS, similarity: "linear" }));
  const [similarities, nearest] = await valuesOf(linear.inference, [
    "similarities",
    "min_distances",
  ]);
  near(similarities!.data, nearest!.data.map((d) => -d), 0);
});

Deno.test("protopnet() draws what the authors draw", () => {
  const wide = buildBackbone("resnet18", { inputSize: 64, inputChannels: 3, width: 1, seed: 1 });
  const { inference } = protopnet(wide, { ...OPTIONS, prototypes: 60, depth: 128 });
  const values = (name: string) => inference.initializers.get(name)!;
  const { dims, data } = values("add_on_layers.0.weight");
  assert.deepEqual(dims, [128, 512, 1, 1]);
  const variance = (data as Float32Array).reduce((sum, w) => sum + w * w, 0) / data.length;
  near([variance * 128 / 2], [1], 0.02);
  assert.ok(values("add_on_layers.2.bias").data.every((value) => Number(value) === 0));
  const prototypes = values("prototypes").data as Float32Array;
  assert.ok(prototypes.every((value) => value >= 0 && value < 1));
  near([prototypes.reduce((sum, value) => sum + value, 0) / prototypes.length], [0.5], 0.02);
});

Deno.test("protopnet() halves channels in a bottleneck until the depth is reached", () => {
  const wide = buildBackbone("vgg16", { inputSize: 64, inputChannels: 3, width: 0.25, seed: 1 });
  const { inference } = protopnet(wide, { ...OPTIONS, depth: 32, addOn: "bottleneck" });
  const dims = [0, 2, 4, 6].map((at) =>
    inference.initializers.get(`add_on_layers.${at}.weight`)!.dims
  );
  assert.deepEqual(dims.map(([to, from]) => [from, to]), [[128, 64], [64, 64], [64, 32], [32, 32]]);
  assert.ok(!inference.initializers.has("add_on_layers.8.weight"));
});

Deno.test("protopnet() refuses prototypes that classes cannot share", () => {
  for (const prototypes of [7, 0, -3]) {
    assert.throws(
      () => protopnet(BACKBONE, { ...OPTIONS, prototypes }),
      new UsageError(`prototypes: found ${prototypes} for 3 classes, wanted a multiple of 3`),
    );
  }
});

Deno.test("camNetwork() makes logits that are the means of its maps", async () => {
  const addOn = { kind: "regular", depth: 8, end: "relu" } as const;
  const graph = camNetwork(BACKBONE, { classes: 3, addOn, seed: 1 });
  const [latent, logits] = await valuesOf(graph, ["latent", "logits"]);
  const weights = graph.initializers.get("last_layer.weight")!.data as Float32Array;
  for (let n = 0; n < 4; n++) {
    for (let k = 0; k < 3; k++) {
      let sum = 0;
      for (let d = 0; d < 8; d++) {
        for (let cell = 0; cell < 16; cell++) {
          sum += weights[8 * k + d]! * latent!.data[(8 * n + d) * 16 + cell]! / 16;
        }
      }
      near([logits!.data[3 * n + k]!], [sum], 1e-5);
    }
  }
});

Deno.test("plainClassifier() is the residual network that it is cut from", async () => {
  const sizes = { inputSize: 32, inputChannels: 3, width: 1 / 16, seed: 1 };
  const graph = plainClassifier(buildBackbone("resnet18", sizes), { classes: 3, seed: 1 });
  assert.deepEqual(graph.initializers.get("last_layer.weight")!.dims, [3, 32]);
  const [logits] = await valuesOf(graph, ["logits"]);
  assert.deepEqual(logits!.dims, [4, 3]);
});

Deno.test("partPoolNetwork() pools under predicted maps as under the same maps given", async () => {
  const addOn = { kind: "regular", depth: 8, end: "relu" } as const;
  const options = { classes: 3, parts: 2, addOn, global: true, seed: 1 };
  const { predicted, given } = partPoolNetwork(BACKBONE, options);
  const [maps, logits] = await valuesOf(predicted, ["part_maps", "logits"]);
  assert.deepEqual(maps!.dims, [4, 2, 16]);
  near([maps!.data.subarray(0, 16).reduce((sum, value) => sum + value, 0)], [1], 1e-6);
  const [again] = await valuesOf(given, ["logits"], device, { part_maps: maps! });
  near(again!.data, logits!.data, 1e-6);
});
