/**
 * The images of a training run: as many as the recipe wants, with the labels it wants, and those that
 * validation holds out.
 *
 * @module
 */
import { noisyLabels, shuffledLabels } from "../../datasets/mod.ts";
import { imagesAt, splitPerClass } from "../../datasets/split_per_class.ts";
import { permutation, randomStream, UsageError } from "../base/mod.ts";
import type { TrainingImages } from "../train/mod.ts";
import type { PlannedTraining } from "./training_cell.ts";

/** Images of a training run. */
export interface PreparedTraining {
  readonly train: TrainingImages;
  /** As test images are: without what augmentation is to add, where the set holds it ready. */
  readonly validation: TrainingImages | null;
  readonly test: TrainingImages;
}

type Recipe = PlannedTraining["training"];

/**
 * @throws {UsageError} When the recipe wants more images than there are, or holds some out of a set that
 *   has validation images of its own.
 */
export async function prepareTraining(
  { training, set, seed }: Pick<PlannedTraining, "training" | "set" | "seed">,
): Promise<PreparedTraining> {
  const { augmentation, validationShare } = training;
  const { train: all, validation: own = null, test } = await set.load(augmentation);
  const train = chosen(all, training, seed);
  if (validationShare === 0) return { train, validation: own, test };
  if (own) {
    throw new UsageError(
      `validationShare: found ${validationShare}, wanted 0 for a set with validation images of its own`,
    );
  }
  if (train.luminance) {
    throw new UsageError("validationShare: wanted 0 for images with added luminance");
  }
  const split = (images: TrainingImages) =>
    splitPerClass(images.images, { test: 0, validation: validationShare, seed });
  const shown = chosen((await set.load([])).train, training, seed);
  return {
    train: { ...train, images: split(train).train },
    validation: { ...shown, images: split(shown).validation },
    test,
  };
}

/** As many images as the recipe wants, drawn at random without regard to their class, and its labels. */
function chosen(
  source: TrainingImages,
  { trainImages, labels, labelNoise }: Recipe,
  seed: number,
): TrainingImages {
  const some = trainImages === undefined ? source : someOf(source, trainImages, seed);
  const { images } = some;
  const ordered = labels === "true" ? images : shuffledLabels(images, seed);
  return {
    ...some,
    images: labelNoise === undefined ? ordered : noisyLabels(ordered, labelNoise, seed),
  };
}

function someOf(source: TrainingImages, count: number, seed: number): TrainingImages {
  const total = source.images.labels.length;
  if (count > total) {
    throw new UsageError(`trainImages: found ${count}, wanted at most ${total}, the set's size`);
  }
  const members = permutation(randomStream(seed, "training images"), total).slice(0, count).sort();
  return {
    ...source,
    images: imagesAt(source.images, [...members]),
    luminance: source.luminance && Float64Array.from(members, (at) => source.luminance![at]!),
  };
}
