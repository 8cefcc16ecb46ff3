/**
 * Cutting the object out of a photograph.
 *
 * @module
 */
import { RunError } from "../../harness/base/mod.ts";
import type { Image, Window } from "../../harness/images/mod.ts";
import type { CropBox } from "./photograph.ts";

/** Boxes that count pixels from 1 reach one pixel too far; more is an error. */
const MOST_OVERHANG = 1;

/**
 * The part of a box that is in the image: a single pixel beyond the right or the lower edge is left out,
 * as slicing does.
 *
 * @param file Name of the image for errors.
 * @throws {RunError} Naming the box's line, when it reaches further over the edge or is beyond it.
 */
export function windowIn(
  image: Pick<Image, "width" | "height">,
  { left, top, width, height, place }: CropBox,
  file: string,
): Window {
  const [right, bottom] = [left + width, top + height];
  const isInside = left >= 0 && top >= 0 && left < image.width && top < image.height &&
    right <= image.width + MOST_OVERHANG && bottom <= image.height + MOST_OVERHANG;
  if (!isInside) {
    throw new RunError(
      `${place}: box from ${left}, ${top} to ${right}, ${bottom}, wanted it inside ${file} of ` +
        `${image.width} x ${image.height} pixels`,
    );
  }
  return {
    left,
    top,
    width: Math.min(right, image.width) - left,
    height: Math.min(bottom, image.height) - top,
  };
}

/** The pixels of an image in a window that is inside it. */
export function cutWindow(
  { width: whole, channels, data }: Image,
  { left, top, width, height }: Window,
): Image {
  const row = width * channels;
  const cut = new Uint8Array(height * row);
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * whole + left) * channels;
    cut.set(data.subarray(start, start + row), y * row);
  }
  return { width, height, channels, data: cut };
}
