/**
 * The images that a model is trained, chosen and tested on.
 *
 * @module
 */
import { imagesAt, splitPerClass } from "../../../datasets/split_per_class.ts";
import { UsageError } from "../../base/mod.ts";
import type { AugmentationSpec } from "../../spec/mod.ts";
import type { TrainingImages } from "../../train/mod.ts";
import {
  type KnownParts,
  type KnownScenes,
  type TrainingSet,
  VALIDATION_SHARE,
} from "../data_sets/mod.ts";

/** Three disjoint sets of images. */
export interface ModelImages {
  readonly train: TrainingImages;
  /** Null where all training images are trained on, and the last state is taken. */
  readonly validation: TrainingImages | null;
  readonly test: TrainingImages;
  readonly parts: KnownParts | null;
  readonly scenes: KnownScenes | null;
  /** By training image: 1 where the object has all its parts; null where nothing is known of parts. */
  readonly complete: Uint8Array | null;
}

/**
 * Loads them. Where the set has no validation images, a share of the training images is held out, the
 * same for every model.
 *
 * @throws {UsageError} When the images have added luminance, which these models do not know.
 */
export async function modelImages(
  set: TrainingSet,
  augmentation: readonly AugmentationSpec[],
  seed: number,
): Promise<ModelImages> {
  const { train: all, validation: own, test, ...known } = await set.load(augmentation);
  if (all.luminance) {
    throw new UsageError("data: found images with added luminance, wanted none for a ProtoPNet");
  }
  const { train, validation } = own
    ? { train: all, validation: own }
    : heldOut(all, set.validationShare ?? VALIDATION_SHARE, seed);
  const { names } = train.images;
  const parts = known.parts ?? null;
  return {
    train,
    validation,
    test,
    parts,
    scenes: known.scenes ?? null,
    complete: parts && Uint8Array.from(names, (name) => parts.isComplete(name) ? 1 : 0),
  };
}

function heldOut(all: TrainingImages, share: number, seed: number) {
  if (share === 0) return { train: all, validation: null };
  const { train, validation } = splitPerClass(all.images, {
    test: 0,
    validation: share,
    seed,
  });
  return { train: { ...all, images: train }, validation: { ...all, images: validation } };
}

/** Some of the images, by their positions. */
export function someImages(source: TrainingImages, members: number[]): TrainingImages {
  return { ...source, images: imagesAt(source.images, members) };
}
