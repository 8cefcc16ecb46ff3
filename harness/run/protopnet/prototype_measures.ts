/**
 * What is said of the prototypes of one trained ProtoPNet.
 *
 * @module
 */
import { imageAt } from "../../../datasets/labelled_images.ts";
import type { Device } from "../../device/mod.ts";
import { OUTPUT, type ProtoPNet, withExactLogits } from "../../nets/mod.ts";
import {
  activationBox,
  type Box as PixelBox,
  checkProjection,
  type LatentMaps,
  nearestPatches,
  type NearPatch,
  ownClassShare,
  type PrototypeLayer,
  prototypesOfClass,
  prune,
  similarityMap,
  upsampleBicubic,
} from "../../prototypes/mod.ts";
import {
  latentBatches,
  type ProjectionRecord,
  type ProtoPNetSettings,
  prototypeLayerOf,
  retrainPruned,
} from "../../prototypes/training/mod.ts";
import type {
  Box,
  ModelRun,
  ProtopnetProfile,
  PrototypeResult,
  StagesSpec,
} from "../../spec/mod.ts";
import { evaluate, type TrainingImages } from "../../train/mod.ts";
import type { TrainingPlace } from "../training_cell.ts";
import { augmentationOf } from "../data_sets/augmentation_of.ts";
import type { ModelImages } from "./model_images.ts";
import { cropped, PictureBook, pictureOf, withBox } from "./pictures.ts";
import type { ModelRecord } from "./training_record.ts";

/** Nearest images that are shown of a prototype; of the training images the first is its own. */
const SHOWN = { train: 6, test: 5 } as const;

/** Where each prototype comes from, in its image. */
export interface PrototypeSource {
  readonly image: string;
  /** Position among the training images. */
  readonly at: number;
  readonly cell: number;
  readonly box: PixelBox;
}

/** The box of every prototype in the image that it comes from. */
export async function prototypeSources(
  device: Device,
  net: ProtoPNet,
  { train }: ModelImages,
  { sources }: ProjectionRecord,
): Promise<PrototypeSource[]> {
  const { names, width } = train.images;
  const layer = prototypeLayerOf(net);
  const wanted = Map.groupBy(sources.keys(), (prototype) => sources[prototype]!.image);
  const boxes = new Map<number, PixelBox>();
  let first = 0;
  for await (const { maps } of latentBatches(device, net.inference, train)) {
    for (let at = 0; at < maps.count; at++) {
      for (const prototype of wanted.get(first + at) ?? []) {
        boxes.set(prototype, boxOf(layer, maps, at, prototype, width));
      }
    }
    first += maps.count;
  }
  return sources.map(({ image, cell }, prototype) => ({
    image: names[image]!,
    at: image,
    cell,
    box: boxes.get(prototype)!,
  }));
}

/** The box of the 95th percentile of a prototype's upsampled similarity map. */
export function boxOf(
  layer: PrototypeLayer,
  maps: LatentMaps,
  image: number,
  prototype: number,
  size: number,
): PixelBox {
  const map = similarityMap(layer, maps, image, prototype);
  return activationBox(upsampleBicubic(map, maps.height, maps.width, size, size), size, size);
}

/** The projection of the kept state, checked again through the network. */
export async function projectionResult(
  device: Device,
  net: ProtoPNet,
  { train }: ModelImages,
  { history, chosen }: ModelRecord,
): Promise<ModelRun["projection"]> {
  const { projection } = chosen!;
  const { sources, duplicates, identical, epoch } = projection;
  const check = await checkProjection(
    prototypeLayerOf(net),
    sources,
    latentBatches(device, net.inference, train),
  );
  const push = positionOfPush(history, epoch);
  return {
    epoch: epoch + 1,
    accuracyBefore: history[push - 1]?.validationAccuracy ?? null,
    accuracyAfter: history[push]!.validationAccuracy,
    moved: sources.reduce((sum, { distance }) => sum + distance, 0) / sources.length,
    largestDistance: check.largestDistance,
    notAtArgmax: check.notAtArgmax.length,
    duplicates,
    identicalClasses: identical.map(({ label }) => train.images.classes[label]!),
  };
}

/** Position in the history of the projection after an epoch, which counts from 0 as the authors do. */
function positionOfPush(history: ModelRecord["history"], epoch: number): number {
  let ordinary = 0;
  return history.findIndex(({ stage }) => {
    if (stage === "warm" || stage === "joint") ordinary++;
    return stage === "push" && ordinary === epoch + 1;
  });
}

/** Nearest patches, among training and test images. */
export interface Neighbourhoods {
  readonly train: NearPatch[][];
  readonly test: NearPatch[][];
  /** Share of the nearest training patches that are of the prototype's class. */
  readonly ownShare: number;
}

/** @param count Training images that pruning looks at. */
export async function neighbourhoods(
  device: Device,
  net: ProtoPNet,
  { train, test, complete }: ModelImages,
  count: number,
): Promise<Neighbourhoods> {
  const layer = prototypeLayerOf(net);
  const among = (images: TrainingImages, mask: Uint8Array | null, many: number) =>
    nearestPatches(layer, latentBatches(device, net.inference, images, mask), many);
  const nearest = await among(train, complete, Math.max(count, SHOWN.train));
  return {
    train: nearest,
    test: await among(test, null, SHOWN.test),
    ownShare: ownClassShare(layer, nearest.map((images) => images.slice(0, count))),
  };
}

/** Pruning and what it costs; with it the prototypes that went. Null where none would stay. */
export async function pruningResult(
  net: ProtoPNet,
  images: ModelImages,
  nearest: readonly (readonly NearPatch[])[],
  stages: StagesSpec,
  settings: ProtoPNetSettings,
  { neighbours, threshold, epochs }: ProtopnetProfile["pruning"],
  { engine, device, signal }: TrainingPlace,
): Promise<{ pruning: NonNullable<ModelRun["pruning"]>; pruned: Set<number> } | null> {
  const near = nearest.map((patches) => patches.slice(0, neighbours));
  const { classOf } = prototypeLayerOf(net);
  const stays = (patches: readonly NearPatch[], prototype: number) =>
    patches.filter(({ label }) => label === classOf[prototype]).length >= threshold;
  // A badly trained network would keep nothing, which is no reason to lose its other measures.
  if (!near.some(stays)) return null;
  const { layer, kept, pruned } = prune(prototypeLayerOf(net), near, threshold);
  const accuracy = async (of: ProtoPNet) =>
    (await evaluate(device, withExactLogits(of.inference), OUTPUT, images.test)).accuracy;
  const context = {
    engine,
    device,
    train: images.train,
    validation: images.validation,
    augmentation: augmentationOf(stages.augmentation, images.train.images),
    signal,
    name: "last layer after pruning",
  };
  const without = await retrainPruned(net, layer, settings, context, settings.epochs, 0);
  const again = await retrainPruned(net, layer, settings, context, settings.epochs, epochs);
  return {
    pruning: {
      neighbours,
      threshold,
      removed: pruned.length,
      kept: kept.length,
      accuracyBefore: await accuracy(net),
      accuracyPruned: await accuracy(without.net),
      accuracyAfter: await accuracy(again.net),
    },
    pruned: new Set(pruned.map(({ prototype }) => prototype)),
  };
}

/** What the entries of the prototypes are made of. */
export interface PrototypeEntries {
  readonly net: ProtoPNet;
  readonly images: ModelImages;
  readonly sources: readonly PrototypeSource[];
  readonly near: Neighbourhoods;
  readonly pruned: ReadonlySet<number>;
  /** By prototype; undefined where parts are not known. */
  readonly purity: ReadonlyMap<number, { readonly purity: number; readonly part: number | null }>;
  /** Takes the pictures of the first prototypes of each class; null: no pictures. */
  readonly gallery: { readonly book: PictureBook; readonly perClass: number } | null;
}

/** The prototypes as entries of a result. */
export async function prototypeResults(
  device: Device,
  { net, images, sources, near, pruned, purity, gallery }: PrototypeEntries,
): Promise<PrototypeResult[]> {
  const layer = prototypeLayerOf(net);
  const { train, test, parts } = images;
  const partNames = parts?.merged?.names ?? parts?.names;
  const shown = gallery && new Set(
    [...Array(layer.classes).keys()].flatMap((label) =>
      [...prototypesOfClass(layer, label)].slice(0, gallery.perClass)
    ),
  );
  const ofShown = (nearest: readonly (readonly NearPatch[])[], count: number) =>
    nearest.map((patches, prototype) => shown?.has(prototype) ? patches.slice(0, count) : []);
  const patches = gallery && {
    train: await patchPictures(device, net, train, ofShown(near.train, SHOWN.train), gallery.book),
    test: await patchPictures(device, net, test, ofShown(near.test, SHOWN.test), gallery.book),
  };
  return sources.map(({ image, at, cell, box }, index) => {
    const label = layer.classOf[index]!;
    const measured = purity.get(index);
    const neighbours = (set: "train" | "test", of: TrainingImages) =>
      near[set][index]!.slice(0, SHOWN[set]).map((patch, n) => ({
        image: of.images.names[patch.image]!,
        label: patch.label,
        distance: patch.distance,
        ...(shown?.has(index) && { picture: patches![set].get(`${index} ${n}`)! }),
      }));
    return {
      index,
      label,
      image,
      cell: [Math.floor(cell / net.width), cell % net.width],
      ownWeight: layer.weights[label * layer.classOf.length + index]!,
      pruned: pruned.has(index),
      purity: measured?.purity ?? null,
      part: measured?.part == null ? null : partNames![measured.part]!,
      box: boxResult(box),
      ...(shown?.has(index) && {
        picture: gallery!.book.add(
          withBox(pictureOf(train.images, imageAt(train.images, at)), box),
        ),
      }),
      train: neighbours("train", train),
      test: neighbours("test", test),
    };
  });
}

/** A box as results write it. */
export function boxResult({ left, top, right, bottom }: PixelBox): Box {
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Cut-outs of the nearest patches, by "prototype rank". */
async function patchPictures(
  device: Device,
  net: ProtoPNet,
  source: TrainingImages,
  near: readonly (readonly NearPatch[])[],
  book: PictureBook,
): Promise<Map<string, string>> {
  const wanted = Map.groupBy(
    near.flatMap((patches, prototype) =>
      patches.map(({ image }, rank) => ({ prototype, rank, image }))
    ),
    ({ image }) => image,
  );
  const layer = prototypeLayerOf(net);
  const found = new Map<string, string>();
  let first = 0;
  for await (const { maps } of latentBatches(device, net.inference, source)) {
    for (let at = 0; at < maps.count; at++) {
      for (const { prototype, rank } of wanted.get(first + at) ?? []) {
        const box = boxOf(layer, maps, at, prototype, source.images.width);
        const whole = pictureOf(source.images, imageAt(source.images, first + at));
        found.set(`${prototype} ${rank}`, book.add(cropped(whole, box)));
      }
    }
    first += maps.count;
  }
  return found;
}
