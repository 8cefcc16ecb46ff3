import assert from "node:assert/strict";
import { randomStream } from "../base/mod.ts";
import { type Device, openCpu, openWasm } from "../device/mod.ts";
import { type Graph, tap, writeGraph } from "../graph/mod.ts";
import {
  buildBackbone,
  LAST_LAYER,
  LOGITS_REST,
  OUTPUT,
  protopnet,
  SIMILARITIES,
  withExactLogits,
} from "./mod.ts";

const CLASSES = 20;
const PROTOTYPES = 200;

/** Ten prototypes a class: logits of about -100, most of the connections are negative. */
const { inference } = protopnet(
  buildBackbone("vgg11", { inputSize: 32, inputChannels: 3, width: 1 / 16, seed: 1, stride: 8 }),
  {
    classes: CLASSES,
    prototypes: PROTOTYPES,
    depth: 4,
    addOn: "regular",
    similarity: "log",
    seed: 2,
  },
);

async function valuesOf(device: Device, graph: Graph, names: readonly string[]) {
  const random = randomStream(1, "images");
  const data = Float32Array.from({ length: 8 * 3 * 32 * 32 }, () => random.normal());
  const session = await device.open(writeGraph(tap(graph, names)));
  try {
    const outputs = await session.run({ images: { dims: [8, 3, 32, 32], data } });
    return names.map((name) => outputs[name]!.data.slice());
  } finally {
    await session.release();
  }
}

/** Largest |float64 sum of similarity x weight - logit|; the rest is 0 where there is none. */
function largestGap([similarities, logits, rest]: readonly Float32Array[]): number {
  const weights = inference.initializers.get(`${LAST_LAYER}weight`)!.data as Float32Array;
  const gaps = Array.from(logits!, (logit, at) => {
    const [n, k] = [Math.floor(at / CLASSES), at % CLASSES];
    let sum = 0;
    for (let j = 0; j < PROTOTYPES; j++) {
      sum += similarities![n * PROTOTYPES + j]! * weights[k * PROTOTYPES + j]!;
    }
    return Math.abs(sum - (logit + (rest?.[at] ?? 0)));
  });
  return Math.max(...gaps);
}

for (const device of [await openCpu(1), await openWasm(1)]) {
  Deno.test(`withExactLogits() makes logits that the points add up to, on ${device.kind}`, async () => {
    const values = await valuesOf(device, withExactLogits(inference), [
      SIMILARITIES,
      OUTPUT,
      LOGITS_REST,
    ]);
    const [, logits, rest] = values;
    assert.ok(Math.min(...logits!) < -64);
    assert.ok(largestGap(values) < 1e-12);
    // Alone, a float32 logit is off by up to half its last place.
    assert.ok(largestGap(values.slice(0, 2)) <= 2 ** -24 * Math.max(...logits!.map(Math.abs)));
    assert.ok(rest!.some((value) => value !== 0));
    // As the graph was, the sums are not good enough.
    const rounded = await valuesOf(device, inference, [SIMILARITIES, OUTPUT]);
    assert.ok(largestGap(rounded) > 1e-5);
  });
}
