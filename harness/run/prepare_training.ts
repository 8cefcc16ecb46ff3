/**
 * The images of a training run: as many as the recipe wants, with the labels it wants, and those that
 * validation holds out.
 *
 * @module
 */
import { imageAt, type LabelledImages, shuffledLabels } from "../../datasets/mod.ts";
import { splitPerClass } from "../../datasets/split_per_class.ts";
import { permutation, randomStream, UsageError } from "../base/mod.ts";
import type { TrainingImages } from "../train/mod.ts";
import type { PlannedTraining } from "./training_cell.ts";

/** Images of a training run. */
export interface PreparedTraining {
  readonly train: TrainingImages;
  readonly validation: TrainingImages | null;
  readonly test: TrainingImages;
}

/** @throws {UsageError} When the recipe wants more images than there are. */
export async function prepareTraining(
  { training, set, seed }: Pick<PlannedTraining, "training" | "set" | "seed">,
): Promise<PreparedTraining> {
  const { train: all, test } = await set.load(training.augmentation);
  const { trainImages, validationShare, labels } = training;
  const chosen = trainImages === undefined ? all : someOf(all, trainImages, seed);
  const labelled = labels === "true"
    ? chosen
    : { ...chosen, images: shuffledLabels(chosen.images, seed) };
  if (validationShare === 0) return { train: labelled, validation: null, test };
  if (labelled.luminance) {
    throw new UsageError("validationShare: wanted 0 for images with added luminance");
  }
  const parts = splitPerClass(labelled.images, { test: 0, validation: validationShare, seed });
  return {
    train: { ...labelled, images: parts.train },
    validation: { ...labelled, images: parts.validation },
    test,
  };
}

/** So many images, drawn at random without regard to their class. */
function someOf(source: TrainingImages, count: number, seed: number): TrainingImages {
  const total = source.images.labels.length;
  if (count > total) {
    throw new UsageError(`trainImages: found ${count}, wanted at most ${total}, the set's size`);
  }
  const members = permutation(randomStream(seed, "training images"), total).slice(0, count).sort();
  return {
    ...source,
    images: subset(source.images, members),
    luminance: source.luminance && Float64Array.from(members, (at) => source.luminance![at]!),
  };
}

function subset(images: LabelledImages, members: Int32Array): LabelledImages {
  const size = images.width * images.height * images.channels;
  const pixels = new Uint8Array(members.length * size);
  for (const [at, member] of members.entries()) pixels.set(imageAt(images, member), at * size);
  return {
    ...images,
    labels: members.map((member) => images.labels[member]!),
    names: Array.from(members, (member) => images.names[member]!),
    pixels,
  };
}
