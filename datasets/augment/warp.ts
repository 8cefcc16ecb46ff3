/**
 * Seeing an image through a projective map.
 *
 * @module
 */
import type { ImageShape } from "./augmentation.ts";
import type { Homography } from "./homography.ts";

/**
 * Fills every pixel with what the map says is there, bilinear between the four nearest pixels, rounded
 * to whole levels. Centres of pixels are at halves. Beyond the image its edge goes on.
 *
 * @param toSource From points of the result to points of the source.
 * @param target Receives the bytes of an image of the same shape. Another array than `source`.
 */
export function warp(
  source: Uint8Array,
  { width, height, channels }: ImageShape,
  toSource: Homography,
  target: Uint8Array,
): void {
  const [a, b, c, d, e, f, g, h, i] = toSource;
  const row = width * channels;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [x + 0.5, y + 0.5];
      const w = g * u + h * v + i;
      const fromX = Math.min(width - 1, Math.max(0, (a * u + b * v + c) / w - 0.5));
      const fromY = Math.min(height - 1, Math.max(0, (d * u + e * v + f) / w - 0.5));
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      const [shareX, shareY] = [fromX - left, fromY - top];
      const right = left + 1 < width ? channels : 0;
      const below = top + 1 < height ? row : 0;
      let from = top * row + left * channels;
      for (let channel = 0; channel < channels; channel++, from++) {
        const upper = source[from]! + shareX * (source[from + right]! - source[from]!);
        const lower = source[from + below]! +
          shareX * (source[from + below + right]! - source[from + below]!);
        target[at++] = Math.round(upper + shareY * (lower - upper));
      }
    }
  }
}
