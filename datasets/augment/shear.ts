/**
 * Shearing an image.
 *
 * @module
 */
import { UsageError } from "../../harness/base/mod.ts";
import type { Augmentation, ImageShape } from "./augmentation.ts";
import type { Homography } from "./homography.ts";
import { warp } from "./warp.ts";

/** Direction in which pixels move. */
export type Axis = "x" | "y";

/**
 * Shears along x or along y by an angle uniform in -degrees .. degrees and enlarges along that axis, so
 * that nothing is empty, as Augmentor's `shear` does (which draws whole degrees).
 *
 * @throws {UsageError} When an angle in that range leaves nothing of the image.
 */
export function shear(shape: ImageShape, degrees: number): Augmentation {
  const { width, height } = shape;
  const most = Math.atan(Math.min(width, height) / Math.max(width, height)) * 180 / Math.PI;
  if (!(degrees > 0 && degrees < most)) {
    throw new UsageError(
      `shear: ${degrees} degrees, wanted above 0 and below ${
        Number(most.toFixed(2))
      } for images of ` +
        `${width} x ${height} pixels`,
    );
  }
  return {
    apply(source, target, random) {
      const axis = random.integer(2) === 0 ? "x" : "y";
      const angle = (2 * random.uniform() - 1) * degrees;
      warp(source, shape, shearing(shape, axis, angle), target);
    },
  };
}

/** From points of the sheared image to points of the source. */
export function shearing(
  { width, height }: ImageShape,
  axis: Axis,
  degrees: number,
): Homography {
  const slope = Math.tan(degrees * Math.PI / 180);
  if (axis === "x") {
    const lost = Math.abs(slope) * height;
    return [1 - lost / width, slope, slope < 0 ? lost : 0, 0, 1, 0, 0, 0, 1];
  }
  const lost = Math.abs(slope) * width;
  return [1, 0, 0, slope, 1 - lost / height, slope < 0 ? lost : 0, 0, 0, 1];
}
