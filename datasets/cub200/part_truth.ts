/**
 * From parts in photographs to parts in the images that a network sees.
 *
 * @module
 */
import type { Window } from "../../harness/images/mod.ts";
import type { PartPoint, PartTruth } from "../part_truth.ts";

/**
 * The parts of one image after its photograph was cropped and resized to a square. A part outside the
 * crop cannot be seen.
 *
 * @param window Part of the photograph that the image shows.
 * @param size Pixels of each side of the image.
 */
export function partTruth(
  points: readonly PartPoint[],
  { left, top, width, height }: Window,
  size: number,
): PartTruth {
  return {
    points: points.map((point) => {
      const x = (point.x - left) * size / width;
      const y = (point.y - top) * size / height;
      const isInside = x >= 0 && x < size && y >= 0 && y < size;
      return { x, y, visible: point.visible && isInside };
    }),
    regions: null,
  };
}
