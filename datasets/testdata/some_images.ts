/**
 * Small labelled images for tests.
 *
 * @module
 */
import type { LabelledImages } from "../labelled_images.ts";

/** Six images of 2 x 1 pixels in two classes, all bytes different. */
export function someImages(channels: 1 | 3 = 1): LabelledImages {
  const size = 2 * channels;
  return {
    width: 2,
    height: 1,
    channels,
    classes: ["even", "odd"],
    labels: Int32Array.of(0, 1, 0, 1, 0, 0),
    names: ["a", "b", "c", "d", "e", "f"],
    pixels: Uint8Array.from({ length: 6 * size }, (_, at) => 3 * at),
  };
}
