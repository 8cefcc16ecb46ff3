/**
 * Labelled images as batches of numbers for a training form.
 *
 * @module
 */
import type { Augmentation } from "../../datasets/augment/mod.ts";
import { imageAt, type LabelledImages } from "../../datasets/labelled_images.ts";
import { randomStream, RunError, UsageError } from "../base/mod.ts";
import type { Image, Preprocessing } from "../images/mod.ts";
import { toTensor } from "../images/mod.ts";
import { drawMask } from "./dropout_masks.ts";
import type { Batch } from "./engine.ts";
import { TARGETS, type TrainingForm } from "./training_form.ts";

/** Images and how they become numbers. */
export interface TrainingImages {
  readonly images: LabelledImages;
  readonly preprocessing: Preprocessing;
  /** Added to every pixel of an image, in units where white is 1; null: nothing. */
  readonly luminance: Float64Array | null;
}

/** Where the random choices of a batch come from. */
export interface BatchSeed {
  readonly seed: number;
  readonly epoch: number;
}

/**
 * The batch of the given images. The same image in the same epoch is augmented in the same way,
 * whatever batch it is in.
 *
 * @throws {RunError} When a label is not a class of the form.
 * @throws {UsageError} When the preprocessing is not for images of this size.
 */
export function imageBatch(
  form: TrainingForm,
  source: TrainingImages,
  members: Int32Array,
  augmentation: Augmentation | null,
  { seed, epoch }: BatchSeed,
): Batch {
  requireSize(source);
  const { width, height, channels } = source.images;
  const pixels = width * height * channels;
  const data = new Float32Array(members.length * pixels);
  const targets = new Float32Array(members.length * form.classes);
  const changed = new Uint8Array(pixels);
  for (const [at, member] of members.entries()) {
    const original = imageAt(source.images, member);
    if (augmentation) {
      augmentation.apply(original, changed, randomStream(seed, "augmentation", epoch, member));
    }
    writeImage(source, member, augmentation ? changed : original, data, at * pixels);
    targets[at * form.classes + labelOf(source, member, form.classes)] = 1;
  }
  const masks = form.masks.map((mask) =>
    [mask.input, drawMask(mask, randomStream(seed, mask.input, epoch, members[0]!))] as const
  );
  return {
    [form.images]: { dims: [members.length, channels, height, width], data },
    [TARGETS]: { dims: [members.length, form.classes], data: targets },
    ...Object.fromEntries(masks),
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
