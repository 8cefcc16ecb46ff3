/**
 * `deno task bench train-protopnet`: images a second of whole steps of ProtoPNet's joint training (forward
 * pass, cross-entropy, cluster and separation, backward pass, Adam) against PyTorch, in turn, each as a
 * process of its own; and what share of our step the add-on layers and prototypes take.
 *
 * @module
 */
import { randomStream } from "../harness/base/mod.ts";
import { type Device, type FloatTensor, openCpu } from "../harness/device/mod.ts";
import type { Graph } from "../harness/graph/mod.ts";
import { buildBackbone, type ProtoPNet, protopnet } from "../harness/nets/mod.ts";
import {
  AUTHORS_SETTINGS,
  prototypeTerms,
  type Stage,
  stageOptimiser,
  stageParameters,
} from "../harness/prototypes/training/mod.ts";
import { peakMemory } from "../harness/run/mod.ts";
import { ortEngine, splitFrozen, TARGETS, trainingForm } from "../harness/train/mod.ts";
import { median, ours, peer } from "./process.ts";

const BATCH = 64;
const CLASSES = 20;
const PROTOTYPES = 200;
const DEPTH = 64;
const SIZE = 64;

/** Pixels between neighbouring cells: a map of 8 x 8. */
const STRIDE = 8;
const SEED = 1;

/** Steps that do not count, and those of which the median counts; the peer does the same. */
const WARM_UP = 3;
const STEPS = 8;

const WIDTHS = { vgg16: 0.25, resnet18: 0.5 } as const;

type NetworkName = keyof typeof WIDTHS;

/** What both sides measure. */
interface StepTimes {
  /** Of the median step. */
  readonly seconds: number;
  readonly loss: number;
  readonly peakMemoryBytes: number;
}

/** What only our side measures: a step of all that is behind the backbone alone. */
interface OurTimes extends StepTimes {
  readonly behindBackbone: number;
}

/** Runs pairs and prints the comparison. */
export async function trainProtopnet([pairs = "5", only]: string[]): Promise<void> {
  const threads = String(navigator.hardwareConcurrency);
  for (const name of Object.keys(WIDTHS).filter((name) => !only || name === only)) {
    const measured: { ours: OurTimes; peer: StepTimes }[] = [];
    for (let pair = 0; pair < Number(pairs); pair++) {
      measured.push({
        ours: await ours<OurTimes>("train-protopnet-job", name),
        peer: await peer<StepTimes>("./peer_train_protopnet.py", name, String(STEPS), threads),
      });
    }
    console.log(
      `${name}, width ${
        WIDTHS[name as NetworkName]
      }, ${SIZE} x ${SIZE}, ${PROTOTYPES} prototypes of ` +
        `${DEPTH} channels on ${SIZE / STRIDE} x ${SIZE / STRIDE} cells, batch ${BATCH}, ` +
        `${threads} threads`,
    );
    report(measured);
  }
}

function report(pairs: readonly { ours: OurTimes; peer: StepTimes }[]): void {
  const row = (times: readonly StepTimes[]) => ({
    "images/s": Math.round(BATCH / median(times.map(({ seconds }) => seconds))),
    "peak memory (MiB)": Math.round(
      median(times.map(({ peakMemoryBytes }) => peakMemoryBytes)) / 2 ** 20,
    ),
  });
  console.table({
    ours: row(pairs.map(({ ours }) => ours)),
    peer: row(pairs.map(({ peer }) => peer)),
  });
  const ratios = pairs.map(({ ours, peer }) => peer.seconds / ours.seconds);
  const share = median(pairs.map(({ ours }) => ours.behindBackbone / ours.seconds));
  console.log(
    `${median(ratios).toFixed(2)} times the peer's images a second (median of ${pairs.length} ` +
      `pairs, from ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}); ` +
      `add-on layers and prototypes alone take ${Math.round(100 * share)} % of our step`,
  );
}

/** Our side, in its own process. */
export async function trainProtopnetJob([name]: string[]): Promise<void> {
  const backbone = buildBackbone(name as NetworkName, {
    inputSize: SIZE,
    inputChannels: 3,
    width: WIDTHS[name as NetworkName],
    seed: SEED,
    stride: STRIDE,
  });
  const net = protopnet(backbone, {
    classes: CLASSES,
    prototypes: PROTOTYPES,
    depth: DEPTH,
    addOn: "regular",
    similarity: "log",
    seed: SEED,
  });
  const device = await openCpu(navigator.hardwareConcurrency);
  const { seconds, loss } = await timeSteps(device, net, net.training, [3, SIZE, SIZE], "joint");
  const peakMemoryBytes = peakMemory();
  const { rest } = splitFrozen(net.training, "logits", stageParameters(AUTHORS_SETTINGS, "warm"))!;
  const map = [backbone.channels, backbone.height, backbone.width];
  const { seconds: behindBackbone } = await timeSteps(device, net, rest, map, "warm");
  const times: OurTimes = { seconds, loss, peakMemoryBytes, behindBackbone };
  console.log(JSON.stringify(times));
}

async function timeSteps(
  device: Device,
  { classOf, classes, depth }: ProtoPNet,
  network: Graph,
  image: readonly number[],
  stage: Stage,
) {
  const form = trainingForm(network, {
    batch: BATCH,
    image,
    logits: "logits",
    ...stageParameters(AUTHORS_SETTINGS, stage),
    terms: prototypeTerms(classOf, classes, depth, AUTHORS_SETTINGS.coefficients),
  });
  const random = randomStream(SEED, "train-protopnet");
  const batch = {
    [form.images]: filled([BATCH, ...image], () => random.normal()),
    [TARGETS]: filled([BATCH, CLASSES], (i) => {
      return i % CLASSES === Math.floor(i / CLASSES) % CLASSES ? 1 : 0;
    }),
  };
  const optimiser = stageOptimiser(AUTHORS_SETTINGS, stage, form.parameters);
  const trainer = await ortEngine(device).open(form, optimiser);
  const seconds: number[] = [];
  let loss = NaN;
  for (let step = 0; step < WARM_UP + STEPS; step++) {
    const start = performance.now();
    ({ loss } = await trainer.step(batch, 1));
    if (step >= WARM_UP) seconds.push((performance.now() - start) / 1000);
  }
  await trainer.release();
  return { seconds: median(seconds), loss };
}

function filled(dims: readonly number[], value: (i: number) => number): FloatTensor {
  const length = dims.reduce((product, size) => product * size, 1);
  return { dims, data: Float32Array.from({ length }, (_, i) => value(i)) };
}
