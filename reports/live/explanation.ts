/**
 * Why a ProtoPNet classifies an image as it does, as the live page shows it. The page runs this file and
 * those it imports as they are, see `classicScript`, so that it computes what the harness computes.
 *
 * @module
 */
import type { Image } from "../../harness/images/image.ts";
import { toTensor } from "../../harness/images/preprocess.ts";
import { resize } from "../../harness/images/resize.ts";
import { activationBox } from "../../harness/prototypes/activation_box.ts";
import { activationsOf, similarityMap } from "../../harness/prototypes/activations.ts";
import type { Box } from "../../harness/prototypes/box.ts";
import { overlayHeat } from "../../harness/prototypes/heat_colours.ts";
import type { LatentMaps, PrototypeLayer } from "../../harness/prototypes/prototype_layer.ts";
import { rankedClasses, scoringSheet } from "../../harness/prototypes/scoring_sheet.ts";
import { upsampleBicubic } from "../../harness/prototypes/upsample.ts";

/** Prototypes of a class that are shown one by one. */
const MOST_ROWS = 10;

/** How an image becomes the network's input. */
export interface LiveInput {
  /** Width and height in pixels. */
  readonly size: number;
  /** Of red, green and blue, in units where white is 1. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** A prototype of the class of a sheet, in the image. */
export interface LiveRow {
  readonly prototype: number;
  readonly similarity: number;
  readonly weight: number;
  /** similarity x weight. */
  readonly points: number;
  /** Where the upsampled similarity map is in its upper 5 %. */
  readonly box: Box;
  /** The map over the image, RGB. */
  readonly heat: Uint8Array;
}

/** Why the image gets the score of a class. */
export interface LiveSheet {
  readonly label: number;
  /** The network's own. */
  readonly logit: number;
  /** Sum of all points. */
  readonly total: number;
  /** The most similar prototypes of the class first. */
  readonly rows: readonly LiveRow[];
  /** All prototypes that have no row. */
  readonly rest: { readonly prototypes: number; readonly points: number };
}

/** The image as the network takes it: resized as Pillow does, the aspect not kept, as in training. */
export function fitted(image: Image, { size }: LiveInput): Image {
  if (image.width === size && image.height === size) return image;
  return resize(image, size, size);
}

/** The network's input for an image of its size, [1, 3, size, size]. */
export function networkInput(image: Image, { size, mean, std }: LiveInput): Float32Array {
  const target = new Float32Array(3 * size * size);
  toTensor(image, { shortSide: null, crop: size, mean, std }, target, 0, "the image");
  return target;
}

/**
 * Scoring sheets of the classes with the highest logits.
 *
 * @param maps What the network makes of the image, one image.
 * @param count Sheets: the prediction and its rivals.
 */
export function explain(
  layer: PrototypeLayer,
  maps: LatentMaps,
  logits: ArrayLike<number>,
  image: Image,
  count: number,
): LiveSheet[] {
  const activations = activationsOf(layer, maps, 0);
  return rankedClasses(logits).slice(0, count).map((label): LiveSheet => {
    const { own, others, total } = scoringSheet(layer, activations, label);
    const rest = [...own.slice(MOST_ROWS), ...others];
    return {
      label,
      logit: logits[label]!,
      total,
      rows: own.slice(0, MOST_ROWS).map(({ prototype, similarity, weight, points }) => ({
        ...{ prototype, similarity, weight, points },
        ...seen(layer, maps, prototype, image),
      })),
      rest: {
        prototypes: rest.length,
        points: rest.reduce((sum, { points }) => sum + points, 0),
      },
    };
  });
}

function seen(
  layer: PrototypeLayer,
  maps: LatentMaps,
  prototype: number,
  { width, height, data }: Image,
): Pick<LiveRow, "box" | "heat"> {
  const cells = similarityMap(layer, maps, 0, prototype);
  const map = upsampleBicubic(cells, maps.height, maps.width, height, width);
  return { box: activationBox(map, width, height), heat: overlayHeat(data, map) };
}
