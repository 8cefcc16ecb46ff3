/**
 * Labelled images as batches of numbers for a training form.
 *
 * @module
 */
import type { Augmentation } from "../../datasets/augment/mod.ts";
import { imageAt, type LabelledImages } from "../../datasets/labelled_images.ts";
import { randomStream, RunError, UsageError } from "../base/mod.ts";
import type { FloatTensor } from "../device/mod.ts";
import type { Image, Preprocessing } from "../images/mod.ts";
import { toTensor } from "../images/mod.ts";
import { drawMask } from "./dropout_masks.ts";
import type { Batch } from "./engine.ts";
import type { PerImageValues } from "./loss_term.ts";
import { TARGETS, type TrainingForm } from "./training_form.ts";

/** Images and how they become numbers. */
export interface TrainingImages {
  readonly images: LabelledImages;
  readonly preprocessing: Preprocessing;
  /** Added to every pixel of an image, in units where white is 1; null: nothing. */
  readonly luminance: Float64Array | null;
  /** What further terms of a loss want to know of each image, by the name of the form's input. */
  readonly perImage?: ReadonlyMap<string, PerImageValues>;
}

/** Where the random choices of a batch come from. */
export interface BatchSeed {
  readonly seed: number;
  readonly epoch: number;
  /** The epoch whose augmentation is taken; `epoch` when absent. */
  readonly copy?: number;
}

/**
 * The batch of the given images. The same image in the same epoch is augmented in the same way,
 * whatever batch it is in.
 *
 * @throws {RunError} When a label is not a class of the form, or the form wants to know what the images
 * do not tell.
 * @throws {UsageError} When the preprocessing is not for images of this size.
 */
export function imageBatch(
  form: TrainingForm,
  source: TrainingImages,
  members: Int32Array,
  augmentation: Augmentation | null,
  at: BatchSeed,
): Batch {
  return {
    [form.images]: imageTensor(source, members, augmentation, at),
    ...besidesImages(form, source, members, augmentation, at),
  };
}

/**
 * The given images as numbers, [n, C, H, W].
 *
 * @throws {UsageError} When the preprocessing is not for images of this size.
 */
export function imageTensor(
  source: TrainingImages,
  members: Int32Array,
  augmentation: Augmentation | null,
  at: BatchSeed,
): FloatTensor {
  requireSize(source);
  const { width, height, channels } = source.images;
  const pixels = width * height * channels;
  const data = new Float32Array(members.length * pixels);
  for (const [place, member] of members.entries()) {
    const original = imageAt(source.images, member);
    const change = changeOf(source, member, augmentation, at);
    writeImage(source, member, change ? change(original) : original, data, place * pixels);
  }
  return { dims: [members.length, channels, height, width], data };
}

/** What a batch feeds besides the images. */
export function besidesImages(
  form: TrainingForm,
  source: TrainingImages,
  members: Int32Array,
  augmentation: Augmentation | null,
  at: BatchSeed,
): Batch {
  const targets = new Float32Array(members.length * form.classes);
  for (const [place, member] of members.entries()) {
    targets[place * form.classes + labelOf(source, member, form.classes)] = 1;
  }
  const masks = form.masks.map((mask) =>
    [
      mask.input,
      drawMask(mask, randomStream(at.seed, mask.input, at.epoch, members[0]!)),
    ] as const
  );
  const known = form.perImage.map(({ input, dims }) => {
    const values = source.perImage?.get(input);
    if (!values) {
      throw new RunError(
        `Cannot train ${form.graph.name}: its images do not tell "${input}", wanted [${dims}] of each`,
      );
    }
    const size = dims.reduce((product, value) => product * value, 1);
    const data = new Float32Array(members.length * size);
    for (const [place, member] of members.entries()) {
      const target = data.subarray(place * size, (place + 1) * size);
      values.write(member, changeOf(source, member, augmentation, at), target);
    }
    return [input, { dims: [members.length, ...dims], data }] as const;
  });
  return {
    [TARGETS]: { dims: [members.length, form.classes], data: targets },
    ...Object.fromEntries(masks),
    ...Object.fromEntries(known),
  };
}

/** What augmentation makes of any image in the place of a member. */
function changeOf(
  { images }: TrainingImages,
  member: number,
  augmentation: Augmentation | null,
  { seed, epoch, copy = epoch }: BatchSeed,
): ((source: Uint8Array) => Uint8Array) | null {
  if (!augmentation) return null;
  return (source) => {
    const changed = new Uint8Array(images.width * images.height * images.channels);
    augmentation.apply(source, changed, randomStream(seed, "augmentation", copy, member));
    return changed;
  };
}

/** @throws {UsageError} When the preprocessing is not for images of this size. */
export function requireSize({ images, preprocessing }: TrainingImages): void {
  const { width, height, channels } = images;
  const { crop, mean } = preprocessing;
  if (crop === width && crop === height && mean.length === channels) return;
  throw new UsageError(
    `preprocessing: found crop ${crop} and ${mean.length} means, wanted those of images of ` +
      `${width} x ${height} pixels with ${channels} channels`,
  );
}

/**
 * The class of an image.
 *
 * @throws {RunError} When it is none of the network's.
 */
export function labelOf({ images }: TrainingImages, member: number, classes: number): number {
  const label = images.labels[member]!;
  if (label >= 0 && label < classes) return label;
  throw new RunError(
    `image "${images.names[member]}": label ${label}, wanted 0 to ${classes - 1}`,
  );
}

/** Normalises one image into `target`, channel after channel, from `offset` on. */
export function writeImage(
  { images, preprocessing, luminance }: TrainingImages,
  member: number,
  bytes: Uint8Array,
  target: Float32Array,
  offset: number,
): void {
  const { width, height, channels } = images;
  const image = { width, height, channels, data: bytes } as Image;
  toTensor(image, preprocessing, target, offset, images.names[member]!);
  if (!luminance) return;
  const area = width * height;
  for (let channel = 0; channel < channels; channel++) {
    const added = luminance[member]! / preprocessing.std[channel]!;
    const start = offset + channel * area;
    for (let i = start; i < start + area; i++) target[i]! += added;
  }
}
