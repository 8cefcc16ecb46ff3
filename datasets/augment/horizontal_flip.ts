/**
 * Mirroring an image.
 *
 * @module
 */
import type { Augmentation, ImageShape } from "./augmentation.ts";

/** Exchanges left and right in every second image on average. */
export function horizontalFlip({ width, height, channels }: ImageShape): Augmentation {
  const row = width * channels;
  return {
    apply(source, target, random) {
      if (random.integer(2) === 0) {
        target.set(source);
        return;
      }
      for (let start = 0, at = 0; start < height * row; start += row) {
        for (let pixel = start + row - channels; pixel >= start; pixel -= channels) {
          for (let c = 0; c < channels; c++) target[at++] = source[pixel + c]!;
        }
      }
    },
  };
}
