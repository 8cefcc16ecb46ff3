import assert from "node:assert/strict";
import { randomStream } from "../../base/mod.ts";
import { buildBackbone, protopnet } from "../../nets/mod.ts";
import { openWebGpu } from "../../device/mod.ts";
import { runsWebGpu, sayIfSkipped } from "../../device/testdata/runs_web_gpu.ts";
import { differentiate, inferShapes } from "../../graph/gradient/mod.ts";
import { interpret64, type Tensor64, tensor64 } from "../../graph/testdata/interpret64.ts";
import { centralDifference, directionsOf } from "../../graph/testdata/weighted_sum.ts";
import {
  type Batch,
  type Engine,
  engineAgreement,
  imageBatch,
  ortEngine,
  type TrainingForm,
  trainingForm,
} from "../../train/mod.ts";
import { openTfjs } from "../../train/tfjs/mod.ts";
import { prototypeTerms } from "./prototype_losses.ts";
import { stageOptimiser, stageParameters } from "./stage_form.ts";
import { cpu, DATA, SETTINGS, smallProtoPNet } from "./testdata/marks.ts";

/** A power of two, whose inverse float32 knows exactly. */
const BATCH = 8;
const PER_CLASS = 2;

const BACKBONE = buildBackbone("mnist_cnn", {
  inputSize: 14,
  inputChannels: 1,
  width: 1 / 8,
  seed: 1,
});
const NET = protopnet(BACKBONE, {
  classes: 3,
  prototypes: 3 * PER_CLASS,
  depth: 8,
  addOn: "regular",
  similarity: "log",
  seed: 1,
});

const IMAGE = [1, 14, 14];

/** With a last layer that is trained too, so that all terms have gradients. */
const FORM = trainingForm(NET.training, {
  batch: BATCH,
  image: IMAGE,
  logits: "logits",
  crossEntropy: 0.9,
  terms: prototypeTerms(NET.classOf, 3, NET.depth, {
    crossEntropy: 0.9,
    cluster: 0.8,
    separation: 0.08,
    l1: 0.01,
  }),
});

function feedsOf(form: TrainingForm): Map<string, Tensor64> {
  const random = randomStream(1, "images");
  const feeds = new Map<string, Tensor64>();
  const images = Float64Array.from({ length: BATCH * 196 }, () => Math.fround(random.normal()));
  feeds.set("images", { dims: [BATCH, ...IMAGE], data: images });
  const targets = Float64Array.from({ length: BATCH * 3 }, (_, i) => {
    return i % 3 === Math.floor(i / 3) % 3 ? 1 : 0;
  });
  feeds.set("targets", { dims: [BATCH, 3], data: targets });
  for (const name of form.parameters) feeds.set(name, tensor64(form.graph.initializers.get(name)!));
  return feeds;
}

const FEEDS = feedsOf(FORM);
const SHAPES = inferShapes(
  FORM.graph,
  new Map(FORM.graph.inputs.map(({ name }) => [name, FEEDS.get(name)!.dims])),
);
const DERIVED = differentiate(FORM.graph, "loss", FORM.parameters, SHAPES);
const VALUES = interpret64(DERIVED.graph, FEEDS);

Deno.test("prototypeTerms() are the authors' cluster, separation and L1", () => {
  const metric = (name: string) => VALUES.get(FORM.metrics.get(name)!)!.data[0]!;
  const distances = VALUES.get("min_distances")!.data;
  let [cluster, separation, average] = [0, 0, 0];
  for (let n = 0; n < BATCH; n++) {
    const row = [...distances.subarray(6 * n, 6 * n + 6)];
    const isOwn = (j: number) => Math.floor(j / PER_CLASS) === n % 3;
    cluster += Math.min(...row.filter((_, j) => isOwn(j))) / BATCH;
    const others = row.filter((_, j) => !isOwn(j));
    separation += Math.min(...others) / BATCH;
    average += others.reduce((sum, d) => sum + d, 0) / others.length / BATCH;
  }
  const near = (found: number, wanted: number) =>
    assert.ok(Math.abs(found - wanted) < 1e-6, `${found}, wanted ${wanted}`);
  near(metric("cluster"), cluster);
  near(metric("separation"), separation);
  near(metric("averageSeparation"), average);
  near(metric("l1"), 12 * 0.5);
  near(
    VALUES.get("loss")!.data[0]!,
    0.9 * metric("crossEntropy") + 0.8 * cluster - 0.08 * separation + 0.01 * 6,
  );
});

Deno.test("prototypeTerms() have the slopes of central differences", () => {
  const directions = directionsOf(FEEDS, FORM.parameters, 0);
  for (const direction of directions) {
    const { data } = VALUES.get(DERIVED.gradients.get(direction.value)!)!;
    const found = data.reduce((sum, value, i) => sum + value * direction.step[i]!, 0);
    const length = Math.sqrt(data.reduce((sum, value) => sum + value ** 2, 0));
    const wanted = centralDifference(
      { graph: FORM.graph, loss: "loss", feeds: FEEDS },
      direction,
      1e-6,
    );
    assert.ok(
      Math.abs(found - wanted) <= 1e-6 * length + 1e-9,
      `${direction.value}: ${found}, wanted ${wanted}, of length ${length}`,
    );
  }
});

const batch: Batch = Object.fromEntries(
  ["images", "targets"].map((name) => {
    const { dims, data } = FEEDS.get(name)!;
    return [name, { dims, data: Float32Array.from(data) }];
  }),
);

/** A step of plain SGD moves every weight by its gradient times this, well above float32's rounding. */
const RATE = 64;

sayIfSkipped("prototypeTerms() on webgpu");
const ENGINES: readonly [string, () => Promise<Engine>, boolean][] = [
  ["ort cpu", () => Promise.resolve(ortEngine(cpu)), true],
  ["tfjs cpu", () => openTfjs("cpu"), true],
  ["ort webgpu", async () => ortEngine(await openWebGpu()), runsWebGpu],
];

for (const [name, open, runs] of ENGINES) {
  Deno.test({
    name: `prototypeTerms() have gradients that ${name} computes in float32 too`,
    ignore: !runs,
    async fn() {
      const trainer = await (await open()).open(FORM, {
        method: { name: "sgd", momentum: 0, nesterov: false },
        weightDecay: 0,
        groups: [],
        clipNorm: null,
      });
      const { metrics } = await trainer.step(batch, RATE);
      const { weights } = await trainer.state();
      await trainer.release();
      for (const [parameter, gradient] of DERIVED.gradients) {
        const { data } = VALUES.get(gradient)!;
        const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        const [before, after] = [FEEDS.get(parameter)!.data, weights.get(parameter)!.data];
        const error = data.reduce(
          (most, value, i) => Math.max(most, Math.abs(value - (before[i]! - after[i]!) / RATE)),
          0,
        );
        assert.ok(error <= Math.max(1e-4 * largest, 1e-6), `${parameter}: ${error} of ${largest}`);
      }
      assert.deepEqual([...metrics.keys()], [...FORM.metrics.keys()]);
      for (const [metric, value] of metrics) {
        const wanted = VALUES.get(FORM.metrics.get(metric)!)!.data[0]!;
        assert.ok(Math.abs(value - wanted) <= 1e-5 * Math.max(1, Math.abs(wanted)), metric);
      }
    },
  });
}

for (const stage of ["warm", "joint"] as const) {
  Deno.test(`engines agree on a step of the ${stage} stage`, async () => {
    const normalised = smallProtoPNet();
    const form = trainingForm(normalised.training, {
      batch: SETTINGS.batch,
      image: [3, 16, 16],
      logits: "logits",
      ...stageParameters(SETTINGS, stage),
      terms: prototypeTerms(normalised.classOf, 3, normalised.depth, SETTINGS.coefficients),
    });
    const optimiser = stageOptimiser(SETTINGS, stage, form.parameters);
    const engines = [ortEngine(cpu), await openTfjs("cpu")] as const;
    const members = Int32Array.from({ length: SETTINGS.batch }, (_, at) => at);
    const images = imageBatch(form, DATA.train, members, null, { seed: 1, epoch: 0 });
    const [first] = await engineAgreement([...engines], form, optimiser, [images], 1, [1]);
    assert.ok(first!.loss <= 1e-4 && first!.gradients <= 1e-4 && first!.logits <= 1e-4);
  });
}

Deno.test("a step of the joint stage trains everything but the last layer", () => {
  const { training } = smallProtoPNet();
  const options = { batch: BATCH, image: [3, 16, 16], ...stageParameters(SETTINGS, "joint") };
  const form = trainingForm(training, options);
  const all = [...training.initializers].filter(([name, { type, dims }]) =>
    type === "float32" && dims.length > 0 && !name.includes("running") &&
    name !== "last_layer.weight"
  );
  assert.deepEqual([...form.parameters].sort(), all.map(([name]) => name).sort());
});
