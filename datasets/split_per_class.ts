/**
 * Training, validation and test sets that hold the same share of every class.
 *
 * @module
 */
import { permutation, randomStream, UsageError } from "../harness/base/mod.ts";
import { imageAt, type LabelledImages } from "./labelled_images.ts";

/** Shares of each class, and the seed of the choice. */
export interface SplitOptions {
  /** In [0, 1), rounded to whole images of each class; 0 leaves the set without images. */
  readonly test: number;
  readonly validation: number;
  readonly seed: number;
}

/** Three sets without a common image, each in the order of the whole. */
export interface Split {
  readonly train: LabelledImages;
  readonly validation: LabelledImages;
  readonly test: LabelledImages;
}

/**
 * Divides images at random, class by class. Which images of a class go where depends on the seed, the
 * class and its number of images; the test set does not depend on the validation share.
 *
 * @throws {UsageError} When a share is out of range, or leaves a class of a wanted set without images.
 */
export function splitPerClass(images: LabelledImages, options: SplitOptions): Split {
  const { test, validation, seed } = options;
  if (!(test >= 0 && validation >= 0 && test + validation < 1)) {
    throw new UsageError(
      `Cannot split images: test ${test} and validation ${validation}, wanted shares of at least 0 ` +
        "with a sum below 1",
    );
  }
  const members: number[][] = images.classes.map(() => []);
  images.labels.forEach((label, at) => members[label]!.push(at));
  const chosen = { train: [] as number[], validation: [] as number[], test: [] as number[] };
  members.forEach((ofClass, label) => {
    const order = permutation(randomStream(seed, "split", label), ofClass.length);
    const testEnd = Math.round(test * ofClass.length);
    const validationEnd = testEnd + Math.round(validation * ofClass.length);
    const parts = {
      test: order.subarray(0, testEnd),
      validation: order.subarray(testEnd, validationEnd),
      train: order.subarray(validationEnd),
    };
    for (const set of ["train", "validation", "test"] as const) {
      if (parts[set].length === 0 && (set === "train" || options[set] > 0)) {
        throw new UsageError(
          `Cannot split images: ${set} has none of the ${ofClass.length} images of class ` +
            `"${images.classes[label]}" with test ${test} and validation ${validation}`,
        );
      }
      for (const at of parts[set]) chosen[set].push(ofClass[at]!);
    }
  });
  const set = (indices: number[]) => imagesAt(images, indices.sort((a, b) => a - b));
  return {
    train: set(chosen.train),
    validation: set(chosen.validation),
    test: set(chosen.test),
  };
}

/**
 * Copies some of the images, in the given order; the classes stay.
 *
 * @param indices Positions in `images`.
 */
export function imagesAt(images: LabelledImages, indices: readonly number[]): LabelledImages {
  const size = images.width * images.height * images.channels;
  const pixels = new Uint8Array(indices.length * size);
  indices.forEach((index, at) => pixels.set(imageAt(images, index), at * size));
  return {
    ...images,
    labels: Int32Array.from(indices, (index) => images.labels[index]!),
    names: indices.map((index) => images.names[index]!),
    pixels,
  };
}
