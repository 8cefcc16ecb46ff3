/**
 * Scoring sheets of test images (Figure 3 of the paper), with pictures.
 *
 * @module
 */
import { imageAt } from "../../../datasets/labelled_images.ts";
import { randomStream, sampleWithoutReplacement } from "../../base/mod.ts";
import type { Device } from "../../device/mod.ts";
import { LATENT, OUTPUT, type ProtoPNet } from "../../nets/mod.ts";
import {
  activationBox,
  activationsOf,
  type LatentMaps,
  pointsGap,
  type PrototypeLayer,
  rankedClasses,
  type ScoringRow,
  type ScoringSheet,
  scoringSheet,
  similarityMap,
  upsampleBicubic,
} from "../../prototypes/mod.ts";
import { prototypeLayerOf } from "../../prototypes/training/mod.ts";
import type { ModelRun, ProtopnetProfile, SheetResult } from "../../spec/mod.ts";
import type { TrainingImages } from "../../train/mod.ts";
import { openModel, outputsOf } from "./model_outputs.ts";
import { type Picture, PictureBook, pictureOf, withBox, withHeat } from "./pictures.ts";
import { boxResult, type PrototypeSource } from "./prototype_measures.ts";

/** What sheets are made of. */
export interface SheetSetting {
  readonly model: string;
  readonly replicate: number;
  readonly net: ProtoPNet;
  readonly sources: readonly PrototypeSource[];
  readonly train: TrainingImages;
  readonly test: TrainingImages;
  readonly layout: ProtopnetProfile["sheets"];
  readonly book: PictureBook;
}

/**
 * Which test images get a sheet: drawn at random before anything is known about them, so that mistakes
 * are shown as often as they happen.
 */
export function sheetImages(count: number, images: number, seed: number): number[] {
  const random = randomStream(seed, "scoring sheets");
  return [...sampleWithoutReplacement(random, images, Math.min(count, images))]
    .sort((a, b) => a - b);
}

/** How far the points of all test images and classes are from the logits. */
export async function additivityResult(
  device: Device,
  net: ProtoPNet,
  test: TrainingImages,
  signal: AbortSignal,
): Promise<NonNullable<ModelRun["additivity"]>> {
  const layer = prototypeLayerOf(net);
  let largestError = 0;
  let largestRelativeError = 0;
  for await (const { maps, logits, at } of explainedImages(device, net, test, signal)) {
    const activations = activationsOf(layer, maps, at);
    for (let label = 0; label < layer.classes; label++) {
      const gap = pointsGap(scoringSheet(layer, activations, label), logits[label]!);
      largestError = Math.max(largestError, gap.absolute);
      largestRelativeError = Math.max(largestRelativeError, gap.relative);
    }
  }
  return { images: test.images.labels.length, largestError, largestRelativeError };
}

/** The sheets of the given test images. */
export async function sheetResults(
  device: Device,
  setting: SheetSetting,
  members: readonly number[],
  signal: AbortSignal,
): Promise<SheetResult[]> {
  const { model, replicate, net, sources, train, test, layout, book } = setting;
  const { names, labels } = test.images;
  const layer = prototypeLayerOf(net);
  const source = (prototype: number) => {
    const { at, box } = sources[prototype]!;
    return book.add(withBox(pictureOf(train.images, imageAt(train.images, at)), box));
  };
  const sheets: SheetResult[] = [];
  for await (const explained of explainedImages(device, net, test, signal)) {
    const { image, logits, maps, at } = explained;
    if (!members.includes(image)) continue;
    const ranked = rankedClasses(logits);
    const shown = ranked.slice(0, 1 + layout.rivals);
    const label = labels[image]!;
    // The truth belongs on the sheet of a mistake.
    if (!shown.includes(label)) shown.push(label);
    const subject = pictureOf(test.images, imageAt(test.images, image));
    const activations = activationsOf(layer, maps, at);
    const shows = { subject, rows: layout.rows, book, source };
    sheets.push({
      model,
      replicate,
      image: names[image]!,
      label,
      predicted: ranked[0]!,
      picture: book.add(subject),
      classes: shown.map((one) =>
        classSheet(scoringSheet(layer, activations, one), layer, explained, shows)
      ),
    });
  }
  return sheets;
}

/** One image with what the network makes of it. */
interface ExplainedImage {
  /** Position among the images. */
  readonly image: number;
  /** Position in the maps. */
  readonly at: number;
  readonly maps: LatentMaps;
  readonly logits: Float32Array;
}

async function* explainedImages(
  device: Device,
  { inference, classes }: ProtoPNet,
  source: TrainingImages,
  signal: AbortSignal,
): AsyncGenerator<ExplainedImage> {
  await using open = await openModel(device, inference, [LATENT, OUTPUT], source.images);
  for await (const { first, count, values } of outputsOf(open, source, signal)) {
    const { dims, data } = values[LATENT]!;
    const [, depth, height, width] = dims as [number, number, number, number];
    const maps = { count, depth, height, width, data: data.slice() };
    for (let at = 0; at < count; at++) {
      const logits = values[OUTPUT]!.data.slice(at * classes, (at + 1) * classes);
      yield { image: first + at, at, maps, logits };
    }
  }
}

/** What the sheet of a class shows. */
export interface ClassSheetSetting {
  /** The image, of the input's size. */
  readonly subject: Picture;
  /** Prototypes of the class that are shown. */
  readonly rows: number;
  readonly book: PictureBook;
  /** Digest of the picture of a prototype's own image. */
  source(prototype: number): string;
}

/**
 * The sheet of a class for one image.
 *
 * @param explained What the network makes of it.
 */
export function classSheet(
  { label, own, others }: ScoringSheet,
  layer: PrototypeLayer,
  { at, maps, logits }: Omit<ExplainedImage, "image">,
  { subject, rows, book, source }: ClassSheetSetting,
): SheetResult["classes"][number] {
  const [shown, hidden] = [own.slice(0, rows), [...own.slice(rows), ...others]];
  const { width } = subject;
  const row = ({ prototype, similarity, weight, points }: ScoringRow) => {
    const map = upsampleBicubic(
      similarityMap(layer, maps, at, prototype),
      maps.height,
      maps.width,
      width,
      width,
    );
    const box = activationBox(map, width, width);
    return {
      unit: `prototype ${prototype}`,
      similarity,
      weight,
      points,
      box: boxResult(box),
      pictures: {
        image: book.add(withBox(subject, box)),
        map: book.add(withHeat(subject, map)),
        source: source(prototype),
      },
    };
  };
  return {
    label,
    logit: logits[label]!,
    rows: shown.map(row),
    rest: {
      units: hidden.length,
      points: hidden.reduce((sum, { points }) => sum + points, 0),
    },
  };
}
