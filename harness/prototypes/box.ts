/**
 * Rectangles of an image.
 *
 * @module
 */

/** Pixels from (left, top) up to, but without, (right, bottom). */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Area in pixels. */
export function boxArea({ left, top, right, bottom }: Box): number {
  return Math.max(0, right - left) * Math.max(0, bottom - top);
}

/** Intersection over union; 0 when both are empty. */
export function boxOverlap(a: Box, b: Box): number {
  const common = boxArea({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const union = boxArea(a) + boxArea(b) - common;
  return union === 0 ? 0 : common / union;
}

/**
 * The tightest box around all marked pixels; undefined when none is marked.
 *
 * @param isMarked Whether the pixel at a row-major index belongs to it.
 */
export function tightBox(
  width: number,
  height: number,
  isMarked: (at: number) => boolean,
): Box | undefined {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (!isMarked(at)) continue;
      if (x < left) left = x;
      if (x >= right) right = x + 1;
      if (y < top) top = y;
      bottom = y + 1;
    }
  }
  return right === 0 ? undefined : { left, top, right, bottom };
}
