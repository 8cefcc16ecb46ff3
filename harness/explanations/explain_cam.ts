/**
 * Class activation maps (Zhou et al. 2016) as an explained model: global average pooling and a last layer
 * without bias make the logit the mean of M_c = sum over channels of w_ck f_k, exactly.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import type { LatentMaps } from "../prototypes/mod.ts";
import type { ExplainedModel, ImageExplanation, Unit } from "./explained_model.ts";
import type { LatentOutput } from "./explain_prototypes.ts";
import { once } from "./once.ts";

/** Channels of a class that count as its units, as many as ProtoPNet has prototypes. */
export const CAM_UNITS = 10;

/** The last layer of a network with global average pooling. */
export interface CamHead {
  readonly classes: number;
  /** Channels. */
  readonly depth: number;
  /** [K, depth]. */
  readonly weights: Float32Array;
  /** By class: the channels that are its units, most important first. */
  readonly channels: readonly (readonly number[])[];
}

/**
 * The channels with the largest w_ck x mean activation, for each class.
 *
 * @param weights [K, depth].
 * @param means [K, depth]: mean activation of each channel over the training images of each class, so
 * that the units of a class are the same for every image.
 */
export function camChannels(
  weights: Float32Array,
  means: Float64Array,
  classes: number,
  count: number = CAM_UNITS,
): number[][] {
  const depth = weights.length / classes;
  return Array.from({ length: classes }, (_, label) => {
    const points = (channel: number) =>
      weights[label * depth + channel]! * means[label * depth + channel]!;
    return Array.from({ length: depth }, (_, channel) => channel)
      .sort((a, b) => points(b) - points(a)).slice(0, count);
  });
}

/** A network with global average pooling that runs through `run`. */
export function camModel(
  head: CamHead,
  run: (pixels: Float32Array, count: number) => Promise<LatentOutput>,
): ExplainedModel {
  return {
    classes: head.classes,
    units: head.depth,
    relevant: [...new Set(head.channels.flat())].sort((a, b) => a - b),
    async explain(pixels, count) {
      const output = await run(pixels, count);
      return Array.from({ length: count }, (_, image) => explainCam(head, output, image));
    },
  };
}

/**
 * The explanation of image `image`: units are the class's channels, their score being the mean; the
 * evidence is the one map M_c, its score being the logit.
 *
 * @throws {RunError} When the maps do not fit the head.
 */
export function explainCam(
  head: CamHead,
  { logits, maps }: LatentOutput,
  image: number,
): ImageExplanation {
  if (maps.depth !== head.depth) {
    throw new RunError(`class activation map: found ${maps.depth} channels, wanted ${head.depth}`);
  }
  const { depth, weights } = head;
  const means = once(() =>
    Float64Array.from({ length: depth }, (_, k) => mean(channel(maps, image, k)))
  );
  const points = (label: number) => means().map((value, k) => value * weights[label * depth + k]!);
  return {
    logits: logits.slice(image * head.classes, (image + 1) * head.classes),
    rows: maps.height,
    columns: maps.width,
    peaks: () => ({
      scores: means(),
      cells: Int32Array.from({ length: depth }, (_, k) => largest(channel(maps, image, k))),
    }),
    pointsFor: points,
    unitsOf: (label) =>
      head.channels[label]!.map((id): Unit => ({
        id,
        map: Float64Array.from(channel(maps, image, id)),
        score: means()[id]!,
        weight: weights[label * depth + id]!,
      })),
    evidenceFor: (label) => {
      const map = new Float64Array(maps.height * maps.width);
      for (let k = 0; k < depth; k++) {
        const weight = weights[label * depth + k]!;
        for (const [cell, value] of channel(maps, image, k).entries()) map[cell]! += weight * value;
      }
      return [{ id: label, map, score: mean(map), weight: 1 }];
    },
  };
}

function channel(
  { data, depth, height, width }: LatentMaps,
  image: number,
  k: number,
): Float32Array {
  const start = (image * depth + k) * height * width;
  return data.subarray(start, start + height * width);
}

function mean(values: Float32Array | Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function largest(values: Float32Array): number {
  return values.reduce((best, value, at) => value > values[best]! ? at : best, 0);
}
