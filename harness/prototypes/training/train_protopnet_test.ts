import assert from "node:assert/strict";
import { inTemporaryFolder } from "../../base/testdata/disk.ts";
import { writeAtomically } from "../../base/mod.ts";
import { tap, writeGraph } from "../../graph/mod.ts";
import { evaluate, imageTensor, type Weights } from "../../train/mod.ts";
import { distanceMap } from "../distances.ts";
import { latentBatches } from "./latent_batches.ts";
import { prototypeLayerOf, weightsOf } from "./network_weights.ts";
import { ProtoCheckpointFile } from "./proto_checkpoint.ts";
import { CONTEXT, cpu, DATA, marks, SETTINGS, smallProtoPNet } from "./testdata/marks.ts";
import type { ProtoPNetSettings } from "./settings.ts";
import { type TrainedProtoPNet, trainProtoPNet } from "./train_protopnet.ts";

const START = smallProtoPNet();
const whole = await trainProtoPNet(START, DATA, SETTINGS, CONTEXT);

function bits(weights: Weights) {
  return [...weights].map(([name, { data }]) => [
    name,
    [...new Uint32Array(data.buffer, data.byteOffset, data.length)],
  ]);
}

function everyBit({ net, history, chosen }: TrainedProtoPNet) {
  return { weights: bits(weightsOf(net)), history, chosen };
}

Deno.test("trainProtoPNet() learns, stage by stage, and tells what happened", async () => {
  const stages = whole.history.map(({ epoch, stage, iteration }) => [epoch, stage, iteration]);
  const last = (epoch: number) => [0, 1, 2, 3].map((at) => [epoch, "last-layer", at]);
  assert.deepEqual(stages, [
    ...[[0, "warm", null], [1, "warm", null], [2, "joint", null], [3, "joint", null]],
    ...[[3, "push", null], ...last(3), [4, "joint", null], [5, "joint", null]],
    ...[[5, "push", null], ...last(5)],
  ]);
  for (const { stage, metrics, trainLoss } of whole.history) {
    const { crossEntropy, cluster, separation, averageSeparation, l1 } = metrics;
    if (stage === "push") assert.deepEqual(metrics, {});
    else if (stage === "last-layer") {
      assert.ok(Math.abs(trainLoss! - (crossEntropy! + 1e-4 * l1!)) < 1e-5);
    } else {
      assert.ok(averageSeparation! >= separation!);
      const loss = crossEntropy! + 0.8 * cluster! - 0.08 * separation! + 1e-4 * l1!;
      assert.ok(Math.abs(trainLoss! - loss) < 1e-5);
    }
  }
  assert.ok(whole.chosen.validationAccuracy! > 0.9, `${whole.chosen.validationAccuracy}`);
  const { accuracy } = await evaluate(cpu, whole.net.inference, "logits", DATA.validation!);
  assert.equal(accuracy, whole.chosen.validationAccuracy);
});

Deno.test("trainProtoPNet() chooses among the states after a projection by validation alone", () => {
  const after = whole.history.filter(({ stage }) => stage === "push" || stage === "last-layer");
  const best = Math.max(...after.map(({ validationAccuracy }) => validationAccuracy!));
  assert.equal(whole.chosen.validationAccuracy, best);
  const { epoch, lastLayerEpochs } = whole.chosen;
  const record = after.find((other) =>
    other.epoch === epoch && (other.iteration ?? -1) + 1 === lastLayerEpochs
  );
  assert.equal(record!.validationAccuracy, best);
  assert.equal(record!.validationLoss, whole.chosen.validationLoss);
});

Deno.test("trainProtoPNet() puts every prototype onto a patch of a whole image of its class", async () => {
  const { net, chosen } = whole;
  const layer = prototypeLayerOf(net);
  const batches = [];
  for await (const batch of latentBatches(cpu, net.inference, DATA.train)) batches.push(batch);
  const session = await cpu.open(writeGraph(tap(net.inference, ["min_distances"])));
  for (const [prototype, { image, cell }] of chosen.projection.sources.entries()) {
    assert.equal(DATA.pushable![image], 1);
    assert.equal(DATA.train.images.labels[image], layer.classOf[prototype]);
    const { maps } = batches[Math.floor(image / 50)]!;
    const distances = distanceMap(layer, maps, image % 50, prototype);
    assert.ok(distances[cell]! <= 2e-5);
    assert.equal(distances.indexOf(Math.min(...distances)), cell);
    const images = imageTensor(DATA.train, Int32Array.of(image), null, { seed: 0, epoch: 0 });
    const outputs = await session.run({ images });
    assert.ok(outputs["min_distances"]!.data[prototype]! <= 2e-5);
  }
  await session.release();
});

Deno.test("trainProtoPNet() leaves the last layer as it is until the first projection", async () => {
  const settings = { ...SETTINGS, lastLayer: { ...SETTINGS.lastLayer, epochs: 0 } };
  const { net, history } = await trainProtoPNet(START, DATA, settings, CONTEXT);
  assert.deepEqual(prototypeLayerOf(net).weights, prototypeLayerOf(START).weights);
  assert.ok(history.every(({ stage }) => stage !== "last-layer"));
  for (const { stage, metrics } of history) {
    if (stage !== "push") assert.ok(Math.abs(metrics["l1"]! - 6) < 1e-6);
  }
});

Deno.test("trainProtoPNet() keeps the backbone and its running statistics in the warm-up", async () => {
  const settings = { ...SETTINGS, epochs: 2 };
  const { net } = await trainProtoPNet(START, DATA, settings, CONTEXT);
  const before = weightsOf(START);
  for (const [name, { data }] of weightsOf(net)) {
    const isOwn = /^(add_on_layers|prototypes|last_layer)/.test(name);
    if (isOwn) assert.notDeepEqual(data, before.get(name)!.data, name);
    else assert.deepEqual(data, before.get(name)!.data, name);
  }
});

Deno.test("trainProtoPNet() never trains the last layer of a linear similarity", async () => {
  const start = smallProtoPNet("linear");
  const { history, net } = await trainProtoPNet(start, DATA, { ...SETTINGS, epochs: 3 }, CONTEXT);
  assert.ok(history.every(({ stage }) => stage !== "last-layer"));
  assert.deepEqual(prototypeLayerOf(net).weights, prototypeLayerOf(start).weights);
});

/** A run that is cut off after some steps, and then goes on from its checkpoint. */
async function interrupted(
  settings: ProtoPNetSettings,
  steps: number,
  path: string,
): Promise<TrainedProtoPNet> {
  const checkpoint = () =>
    new ProtoCheckpointFile({
      path,
      key: "run",
      write: async (path, bytes) => void await writeAtomically(path, bytes),
      warn: (message) => assert.fail(message),
    });
  const controller = new AbortController();
  let taken = 0;
  const progress = {
    begin: () => ({
      advance: () => ++taken === steps && controller.abort(),
      finish() {},
    }),
  };
  const context = { ...CONTEXT, signal: controller.signal, progress, checkpoint: checkpoint() };
  await assert.rejects(trainProtoPNet(START, DATA, settings, context), { name: "AbortError" });
  return trainProtoPNet(START, DATA, settings, { ...CONTEXT, checkpoint: checkpoint() });
}

Deno.test("trainProtoPNet() ends in the same bits after an interruption in any epoch", () =>
  inTemporaryFolder(async (folder) => {
    for (const [at, steps] of [12, 18, 28].entries()) {
      const resumed = await interrupted(SETTINGS, steps, `${folder}/${at}`);
      assert.deepEqual(everyBit(resumed), everyBit(whole), `after ${steps} steps`);
    }
  }));

Deno.test("trainProtoPNet() starts at patches of the untrained network when asked", () =>
  inTemporaryFolder(async (folder) => {
    const settings = { ...SETTINGS, firstPrototypes: "patches", epochs: 3 } as const;
    const still = { rate: 0, weightDecay: 0 };
    const warm = { epochs: 3, addOn: still, prototypes: still };
    const { chosen: { projection } } = await trainProtoPNet(
      START,
      DATA,
      { ...settings, warm },
      CONTEXT,
    );
    // Nothing moved, so each prototype is where it was drawn.
    for (const { distance } of projection.sources) assert.ok(distance < 1e-6, `${distance}`);
    assert.equal(projection.duplicates, 0);

    const whole = await trainProtoPNet(START, DATA, settings, CONTEXT);
    const resumed = await interrupted(settings, 8, `${folder}/state`);
    assert.deepEqual(everyBit(resumed), everyBit(whole));
  }));

Deno.test("trainProtoPNet() gives prototypes of a class different patches when asked", async () => {
  const settings = { ...SETTINGS, epochs: 3, push: { ...SETTINGS.push, distinct: true } };
  const { chosen } = await trainProtoPNet(START, DATA, settings, CONTEXT);
  const places = chosen.projection.sources.map(({ image, cell }) => `${image} ${cell}`);
  assert.equal(new Set(places).size, 6);
});

Deno.test("trainProtoPNet() takes the last state without validation images", async () => {
  const data = { ...DATA, validation: null };
  const { chosen, history } = await trainProtoPNet(START, data, SETTINGS, CONTEXT);
  assert.deepEqual([chosen.epoch, chosen.lastLayerEpochs], [5, 4]);
  assert.ok(history.every(({ validationAccuracy }) => validationAccuracy === null));
});

Deno.test("trainProtoPNet() refuses what cannot be trained", async () => {
  const refused = async (settings: typeof SETTINGS, data: typeof DATA, message: RegExp) =>
    await assert.rejects(trainProtoPNet(START, data, settings, CONTEXT), message);
  await refused(
    { ...SETTINGS, epochs: 0 },
    DATA,
    /epochs: found 0, wanted a positive whole number/,
  );
  await refused({ ...SETTINGS, batch: 61 }, DATA, /batch larger than the data: found 61/);
  const none = { ...DATA, pushable: new Uint8Array(60) };
  await refused({ ...SETTINGS, epochs: 1 }, none, /class 0 has no admissible image/);
  const few = { ...DATA, validation: marks(0, 1) };
  await refused(SETTINGS, few, /there are no images/);
});
