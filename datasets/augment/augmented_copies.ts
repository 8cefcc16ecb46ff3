/**
 * A fixed set of augmented images, made once before training.
 *
 * @module
 */
import { formatBytes, randomStream, RunError, UsageError } from "../../harness/base/mod.ts";
import { imageAt, type LabelledImages } from "../labelled_images.ts";
import type { Augmentation } from "./augmentation.ts";

/** Sets whose pixels need more memory are refused. */
const MOST_PIXEL_BYTES = 2 ** 32;

/** How copies are made. */
export interface AugmentedCopiesOptions {
  /** Copies of each image. */
  readonly copies: number;
  /** Copy c is made by the pipeline number c modulo their number. */
  readonly pipelines: readonly [Augmentation, ...Augmentation[]];
  readonly seed: number;
}

/**
 * Copies of each image, all of one image side by side, the originals not among them. Copy c of the image
 * `a` is named `a#c` and depends only on the seed, that name and the pixels of `a`.
 *
 * @throws {UsageError} When the number of copies is no whole number from 1 on.
 * @throws {RunError} When the copies need more than 4 GiB.
 */
export function augmentedCopies(
  images: LabelledImages,
  { copies, pipelines, seed }: AugmentedCopiesOptions,
): LabelledImages {
  if (!Number.isInteger(copies) || copies < 1) {
    throw new UsageError(
      `Cannot augment images: ${copies} copies, wanted a whole number from 1 on`,
    );
  }
  const { width, height, channels, labels, names } = images;
  const size = width * height * channels;
  const count = copies * labels.length;
  if (count * size > MOST_PIXEL_BYTES) {
    throw new RunError(
      `Cannot augment images: ${copies} copies of ${labels.length} images need ` +
        `${formatBytes(count * size)}, wanted at most ${
          formatBytes(MOST_PIXEL_BYTES)
        }: augment them ` +
        "anew in each epoch instead",
    );
  }
  const pixels = new Uint8Array(count * size);
  const nameOf = (at: number) => `${names[Math.floor(at / copies)]}#${at % copies}`;
  for (let at = 0; at < count; at++) {
    const pipeline = pipelines[at % copies % pipelines.length]!;
    pipeline.apply(
      imageAt(images, Math.floor(at / copies)),
      pixels.subarray(at * size, (at + 1) * size),
      randomStream(seed, "augmented copy", nameOf(at)),
    );
  }
  return {
    ...images,
    labels: Int32Array.from({ length: count }, (_, at) => labels[Math.floor(at / copies)]!),
    names: Array.from({ length: count }, (_, at) => nameOf(at)),
    pixels,
  };
}
