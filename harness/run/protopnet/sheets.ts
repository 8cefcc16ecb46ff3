/**
 * Scoring sheets of test images (Figure 3 of the paper), with pictures.
 *
 * @module
 */
import { imageAt } from "../../../datasets/labelled_images.ts";
import { randomStream, sampleWithoutReplacement } from "../../base/mod.ts";
import type { Device, FloatTensor } from "../../device/mod.ts";
import {
  LATENT,
  LOGITS_REST,
  OUTPUT,
  type ProtoPNet,
  SIMILARITIES,
  withExactLogits,
} from "../../nets/mod.ts";
import {
  type Activation,
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

type SheetClass = SheetResult["classes"][number];

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

/**
 * How far the points of all test images and classes are from the logits. The points are found from the
 * latent maps anew, in float64.
 */
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
    const activations = asScored(activationsOf(layer, maps, at), explained.similarities);
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

/** What a network makes of some images, from which their sheets are made. */
export const EXPLAINED_VALUES = [LATENT, SIMILARITIES, OUTPUT, LOGITS_REST] as const;

/** One image with what the network makes of it. */
export interface ExplainedImage {
  /** Position in the maps. */
  readonly at: number;
  readonly maps: LatentMaps;
  /** The network's own, by prototype. */
  readonly similarities: Float32Array;
  /** The network's sums in float64, by class. */
  readonly logits: Float64Array;
}

/** The images of a batch, from the values {@linkcode EXPLAINED_VALUES}; without a rest it is 0. */
export function explainedBatch(
  values: Readonly<Record<string, FloatTensor>>,
): ExplainedImage[] {
  const [count, depth, height, width] = values[LATENT]!.dims as [number, number, number, number];
  const maps = { count, depth, height, width, data: values[LATENT]!.data.slice() };
  const rowOf = (name: string, at: number) => {
    const { data, dims } = values[name]!;
    return data.slice(at * dims[1]!, (at + 1) * dims[1]!);
  };
  return Array.from({ length: count }, (_, at) => {
    const rest = values[LOGITS_REST] && rowOf(LOGITS_REST, at);
    return {
      at,
      maps,
      similarities: rowOf(SIMILARITIES, at),
      logits: Float64Array.from(rowOf(OUTPUT, at), (logit, label) => logit + (rest?.[label] ?? 0)),
    };
  });
}

/** Activations with the similarities that the network scores with: the sheet is its own computation. */
export function asScored(
  activations: readonly Activation[],
  similarities: Float32Array,
): Activation[] {
  return activations.map((one) => ({ ...one, similarity: similarities[one.prototype]! }));
}

async function* explainedImages(
  device: Device,
  { inference }: ProtoPNet,
  source: TrainingImages,
  signal: AbortSignal,
): AsyncGenerator<ExplainedImage & { readonly image: number }> {
  const network = withExactLogits(inference);
  await using open = await openModel(device, network, EXPLAINED_VALUES, source.images);
  for await (const { first, values } of outputsOf(open, source, signal)) {
    for (const explained of explainedBatch(values)) {
      yield { ...explained, image: first + explained.at };
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

/** The lines of a class; those of other classes' prototypes are one. */
export interface ClassSheet extends SheetClass {
  others: SheetClass["rest"];
}

/**
 * The sheet of a class for one image.
 *
 * @param explained What the network makes of it.
 */
export function classSheet(
  { label, own, others }: ScoringSheet,
  layer: PrototypeLayer,
  { at, maps, logits }: Pick<ExplainedImage, "at" | "maps" | "logits">,
  { subject, rows, book, source }: ClassSheetSetting,
): ClassSheet {
  const [shown, hidden] = [own.slice(0, rows), own.slice(rows)];
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
    rest: together(hidden),
    others: together(others),
  };
}

function together(rows: readonly ScoringRow[]) {
  return { units: rows.length, points: rows.reduce((sum, { points }) => sum + points, 0) };
}
