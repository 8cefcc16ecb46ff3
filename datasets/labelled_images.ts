/**
 * Labelled images in memory, all of one size: what a network is trained on.
 *
 * @module
 */

/** Images with their classes. */
export interface LabelledImages {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 3 RGB. */
  readonly channels: number;
  /** Names of the classes, for people. */
  readonly classes: readonly string[];
  /** Class of each image. */
  readonly labels: Int32Array;
  /** Name of each image, unique. */
  readonly names: readonly string[];
  /** Eight bits a value, images one after the other, rows from the top, channels interleaved. */
  readonly pixels: Uint8Array;
}

/** The bytes of one image, a view. */
export function imageAt(
  { width, height, channels, pixels }: LabelledImages,
  index: number,
): Uint8Array {
  const size = width * height * channels;
  return pixels.subarray(index * size, (index + 1) * size);
}
