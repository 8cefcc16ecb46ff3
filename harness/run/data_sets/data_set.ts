/**
 * What a data set is to a run: groups of images to profile, and images to train on.
 *
 * @module
 */
import type { ImageShape } from "../../../datasets/augment/mod.ts";
import type { ImageGroup } from "../../../datasets/mod.ts";
import type { PartTruth } from "../../../datasets/part_truth.ts";
import type { AugmentationSpec } from "../../spec/mod.ts";
import type { TrainingImages } from "../../train/mod.ts";

/** Share of each class's training images that validates where nothing else is said. */
export const VALIDATION_SHARE = 0.15;

/** Images to train on, made or read when they are first asked for. */
export interface TrainingSet {
  /** Identity of the pixels and labels, known without making them. */
  readonly identity: string;
  /** Number of training images before any are held out for validation. */
  readonly size: number;
  /**
   * Share of each class's training images that a ProtoPNet experiment holds out for validation where the
   * set has none of its own; absent: {@linkcode VALIDATION_SHARE}.
   */
  readonly validationShare?: number;
  /** @param augmentations What the training images must still be free of. */
  load(augmentations: readonly AugmentationSpec[]): Promise<LoadedTrainingSet>;
  /** Width, height and channels of the images. */
  readonly shape: ImageShape;
}

/** Training images and test images. */
export interface LoadedTrainingSet {
  readonly train: TrainingImages;
  /** Absent where the set has none of its own: a recipe may then hold out training images. */
  readonly validation?: TrainingImages;
  readonly test: TrainingImages;
  /** Absent where nothing is known about parts. */
  readonly parts?: KnownParts;
  /** Absent for images that cannot be drawn again. */
  readonly scenes?: KnownScenes;
}

/** Images that can be drawn again with something changed, by their names. */
export interface KnownScenes {
  /** By class: the variant of each part. */
  readonly variants: readonly (readonly number[])[];
  /** By class: the smallest sets of parts that no other class shares. */
  readonly sufficientSets: readonly (readonly (readonly number[])[])[];
  /** Variant of each part in an image; null where it lacks the part. */
  variantsOf(image: string): readonly (number | null)[];
  /** Background objects, numbered as in the region map. */
  objectsOf(image: string): readonly number[];
  /** Eight bits a value, rows from the top, channels interleaved. */
  draw(image: string, without: { parts: readonly number[]; object: number | null }): Uint8Array;
}

/** What a set knows about the parts of the objects in its images, by the images' names. */
export interface KnownParts {
  readonly names: readonly string[];
  /** Parts that purity counts as one, left and right ones; absent where there are none. */
  readonly merged?: { readonly names: readonly string[]; readonly groups: readonly number[] };
  /**
   * Whether the object has all its parts.
   *
   * @throws {RangeError} When there is no such image.
   */
  isComplete(image: string): boolean;
  /**
   * Where the parts are.
   *
   * @throws {RangeError} When there is no such image.
   */
  truth(image: string): PartTruth;
}

/** A data set of an experiment. */
export interface DataSet {
  /** Name for people. */
  readonly title: string;
  readonly source: string;
  /** Groups of the first `samples` images, or of as many drawn at random where the set says so. */
  groups(samples: number, replicate: number): Promise<ImageGroup[]>;
  /** Undefined for sets that only profiles use. */
  training?(replicate: number): Promise<TrainingSet>;
}
