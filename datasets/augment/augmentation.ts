/**
 * Random changes to images during training.
 *
 * @module
 */
import type { RandomStream } from "../../harness/base/mod.ts";

/** Size of the images that an augmentation is built for. */
export interface ImageShape {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** Changes one 8-bit image, rows from the top, channels interleaved. */
export interface Augmentation {
  /**
   * @param source The image; stays as it is.
   * @param target Receives every byte of the changed image. Another array than `source`.
   * @param random Decides the change: the stream of this image in this epoch.
   */
  apply(source: Uint8Array, target: Uint8Array, random: RandomStream): void;
}
