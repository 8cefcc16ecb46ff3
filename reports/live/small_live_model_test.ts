/**
 * A small untrained ProtoPNet on rendered birds, with everything that a live page shows.
 *
 * @module
 */
import { encode } from "fast-png";
import { renderBirds } from "../../datasets/birds/mod.ts";
import { imageAt } from "../../datasets/labelled_images.ts";
import type { Device } from "../../harness/device/mod.ts";
import { tap, writeGraph } from "../../harness/graph/mod.ts";
import {
  buildBackbone,
  INPUT,
  LATENT,
  OUTPUT,
  type ProtoPNet,
  protopnet,
} from "../../harness/nets/mod.ts";
import { type LatentMaps, patchOf, type PrototypeLayer } from "../../harness/prototypes/mod.ts";
import { prototypeLayerOf, withPrototypeLayer } from "../../harness/prototypes/training/mod.ts";
import type { LiveModel } from "./mod.ts";
import { fitted, networkInput } from "./explanation.ts";

export const SIZE = 64;
const CLASSES = 20;
const PER_CLASS = 3;
const IMAGES = 6;
const INPUT_OF_BIRDS = { size: SIZE, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };

/** What the harness finds for each image of the model. */
export interface Found {
  readonly logits: Float32Array;
  readonly maps: LatentMaps;
}

/** A page's model and the truth about its images. */
export interface SmallLiveModel {
  readonly model: LiveModel;
  readonly found: readonly Found[];
}

/**
 * @param device Where the expected numbers come from.
 * @param text Ends the names of classes and images.
 */
export async function smallLiveModel(device: Device, text = ""): Promise<SmallLiveModel> {
  const { images } = renderBirds({
    ...{ seed: 3, size: SIZE, classes: CLASSES, split: "test", perClass: 1, spurious: 0 },
  });
  const pictures = Array.from({ length: CLASSES }, (_, at) => imageAt(images, at));
  const pngs = pictures.map((data) =>
    encode({ width: SIZE, height: SIZE, channels: 3, depth: 8, data })
  );
  const backbone = buildBackbone("vgg11", {
    ...{ width: 1 / 16, inputSize: SIZE, inputChannels: 3, stride: 8, seed: 7 },
  });
  const net = await projected(
    device,
    protopnet(backbone, {
      ...{ classes: CLASSES, prototypes: CLASSES * PER_CLASS, depth: 16, addOn: "regular" },
      ...{ similarity: "log", seed: 5 },
    }),
    pictures.map(inputOf),
  );
  const onnx = writeGraph(tap(net.inference, [LATENT, OUTPUT]));
  const found = await run(device, onnx, pictures.slice(0, IMAGES).map(inputOf));
  const classes = Array.from({ length: CLASSES }, (_, at) => `class ${at}${text}`);
  const layer = prototypeLayerOf(net);
  return {
    found,
    model: {
      title: `Birds by an untrained network${text}`,
      summary:
        "A VGG-11 of a sixteenth of its width, untrained: its reasons are no good, but sums.",
      onnx,
      input: INPUT_OF_BIRDS,
      classes,
      layer,
      prototypes: Array.from(layer.classOf, (label) => ({
        name: `test-${label}${text}`,
        picture: pngs[label]!,
      })),
      images: found.map(({ logits }, at) => ({
        name: `${images.names[at]}${text}`,
        label: images.labels[at]!,
        png: pngs[at]!,
        logits,
      })),
      sheets: "report.html#sheets",
      home: "../index.html",
    },
  };
}

function inputOf(data: Uint8Array): Float32Array {
  const image = { width: SIZE, height: SIZE, channels: 3, data } as const;
  return networkInput(fitted(image, INPUT_OF_BIRDS), INPUT_OF_BIRDS);
}

/** Prototype j of a class becomes a cell of that class's only image, or all images would be as near. */
async function projected(
  device: Device,
  net: ProtoPNet,
  inputs: readonly Float32Array[],
): Promise<ProtoPNet> {
  const found = await run(device, writeGraph(tap(net.inference, [LATENT, OUTPUT])), inputs);
  const layer: PrototypeLayer = prototypeLayerOf(net);
  const vectors = layer.vectors.slice();
  for (const [prototype, label] of layer.classOf.entries()) {
    const { maps } = found[label]!;
    const cell = (11 * prototype + 5) % (maps.height * maps.width);
    vectors.set(patchOf(maps, 0, cell), prototype * layer.depth);
  }
  return withPrototypeLayer(net, { ...layer, vectors: vectors.map((v, i) => v + (i % 7) * 1e-3) });
}

async function run(
  device: Device,
  onnx: Uint8Array,
  inputs: readonly Float32Array[],
): Promise<Found[]> {
  const session = await device.open(onnx);
  const found: Found[] = [];
  for (const data of inputs) {
    const images = { dims: [1, 3, SIZE, SIZE], data: data as Float32Array<ArrayBuffer> };
    const outputs = await session.run({ [INPUT]: images });
    const { dims, data: latent } = outputs[LATENT]!;
    const [count, depth, height, width] = dims as [number, number, number, number];
    found.push({
      logits: outputs[OUTPUT]!.data.slice(),
      maps: { count, depth, height, width, data: latent.slice() },
    });
  }
  await session.release();
  return found;
}
