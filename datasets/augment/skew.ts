/**
 * Tilting an image out of its plane.
 *
 * @module
 */
import { UsageError } from "../../harness/base/mod.ts";
import type { Augmentation, ImageShape } from "./augmentation.ts";
import { fromRectangle, type Homography, inverse, type Quadrangle } from "./homography.ts";
import { warp } from "./warp.ts";

const OUTWARDS: Quadrangle = [[-1, -1], [1, -1], [1, 1], [-1, 1]];

/** Both corners of a side pulled apart: left, right, top, bottom. */
const SIDES = [pulled([0, 3], "y"), pulled([1, 2], "y"), pulled([0, 1], "x"), pulled([2, 3], "x")];

/** One corner pulled outwards along one axis. */
const CORNERS = [0, 1, 2, 3].flatMap((at) => [pulled([at], "x"), pulled([at], "y")]);

/**
 * Perspective as Augmentor's `skew` draws it: with probability 3/4 a side, otherwise a corner, is pulled
 * outwards by up to `magnitude` of the longer side of the image, so that nothing is empty. The distance
 * is uniform (Augmentor draws whole pixels).
 *
 * @param magnitude Above 0 and at most 1.
 * @throws {UsageError} When the magnitude is out of range.
 */
export function skew(shape: ImageShape, magnitude: number): Augmentation {
  if (!(magnitude > 0 && magnitude <= 1)) {
    throw new UsageError(`skew: magnitude ${magnitude}, wanted above 0 and at most 1`);
  }
  const most = magnitude * Math.max(shape.width, shape.height);
  return {
    apply(source, target, random) {
      const pulls = random.integer(4) < 3 ? SIDES : CORNERS;
      const pull = pulls[random.integer(pulls.length)]!;
      warp(source, shape, skewing(shape, pull, random.uniform() * most), target);
    },
  };
}

/**
 * From points of the tilted image to points of the source.
 *
 * @param pull How far each corner moves, in units of `distance`.
 * @param distance In pixels.
 */
export function skewing(
  { width, height }: ImageShape,
  [upperLeft, upperRight, lowerRight, lowerLeft]: Quadrangle,
  distance: number,
): Homography {
  return inverse(fromRectangle(width, height, [
    [distance * upperLeft[0], distance * upperLeft[1]],
    [width + distance * upperRight[0], distance * upperRight[1]],
    [width + distance * lowerRight[0], height + distance * lowerRight[1]],
    [distance * lowerLeft[0], height + distance * lowerLeft[1]],
  ]));
}

/** Moves some corners outwards along one axis, by one. */
function pulled(corners: readonly number[], axis: "x" | "y"): Quadrangle {
  const move = (corner: 0 | 1 | 2 | 3): [number, number] => {
    const [x, y] = OUTWARDS[corner];
    if (!corners.includes(corner)) return [0, 0];
    return axis === "x" ? [x, 0] : [0, y];
  };
  return [move(0), move(1), move(2), move(3)];
}
