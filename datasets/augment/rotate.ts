/**
 * Turning an image.
 *
 * @module
 */
import { UsageError } from "../../harness/base/mod.ts";
import type { Augmentation, ImageShape } from "./augmentation.ts";
import type { Homography } from "./homography.ts";
import { warp } from "./warp.ts";

/**
 * Turns by an angle uniform in -degrees .. degrees and enlarges, so that nothing is empty: by the angle
 * t, of an image of w x h pixels the central (w cos t - h sin t) x (h cos t - w sin t) of the turned
 * image is kept, as Augmentor's documentation derives for its `rotate` (its code, where a factor is
 * missing, keeps 0.74 x 0.70 of a square at 15 degrees, this 0.71 x 0.71).
 *
 * @throws {UsageError} When an angle in that range leaves nothing of the image.
 */
export function rotate(shape: ImageShape, degrees: number): Augmentation {
  const { width, height } = shape;
  const most = Math.atan(Math.min(width, height) / Math.max(width, height)) * 180 / Math.PI;
  if (!(degrees > 0 && degrees < most)) {
    throw new UsageError(
      `rotate: ${degrees} degrees, wanted above 0 and below ${
        Number(most.toFixed(2))
      } for images of ` +
        `${width} x ${height} pixels`,
    );
  }
  return {
    apply(source, target, random) {
      const angle = (2 * random.uniform() - 1) * degrees;
      warp(source, shape, rotation(shape, angle), target);
    },
  };
}

/** From points of the turned image to points of the source; a positive angle turns it clockwise. */
export function rotation({ width, height }: ImageShape, degrees: number): Homography {
  const angle = degrees * Math.PI / 180;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const inset = Math.abs(sin);
  const scaleX = cos - inset * height / width;
  const scaleY = cos - inset * width / height;
  const [centreX, centreY] = [width / 2, height / 2];
  const [a, b] = [cos * scaleX, sin * scaleY];
  const [d, e] = [-sin * scaleX, cos * scaleY];
  return [
    ...[a, b, centreX - a * centreX - b * centreY] as const,
    ...[d, e, centreY - d * centreX - e * centreY] as const,
    ...[0, 0, 1] as const,
  ];
}
