/**
 * Images that can be rendered again with something taken away (Hesse et al. 2023, FunnyBirds).
 *
 * @module
 */
import type { PartTruth } from "../../datasets/part_truth.ts";

/** What is taken away. */
export interface Removal {
  /** Parts of the object. */
  readonly parts: readonly number[];
  /** A background object, numbered as in the region map; null takes none away. */
  readonly object: number | null;
}

/** Images, what they show, and how they look otherwise. */
export interface InterventionSource {
  readonly images: number;
  /** Pixels of a side of the network's input. */
  readonly size: number;
  /** Class of an image. */
  labelOf(image: number): number;
  /** Parts in pixels of the network's input, with regions. */
  truthOf(image: number): PartTruth | Promise<PartTruth>;
  /** Background objects of an image, numbered as in the region map. */
  objectsOf(image: number): readonly number[];
  /** The network's input for one image. */
  render(image: number, removal: Removal): Float32Array | Promise<Float32Array>;
  /** By class: the variant of each part. */
  readonly variants: readonly (readonly number[])[];
  /** By class: the minimal sets of parts whose variants no other class shares. */
  readonly sufficientSets: readonly (readonly (readonly number[])[])[];
}

/** The image as it is. */
export const NOTHING: Removal = { parts: [], object: null };
