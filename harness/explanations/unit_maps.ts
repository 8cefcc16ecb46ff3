/**
 * From a unit's answers on the latent grid to pixels of the image.
 *
 * @module
 */
import { activationBox, type Box, upsampleBicubic } from "../prototypes/mod.ts";
import type { ImageExplanation } from "./explained_model.ts";

/** The grid that a map lies on. */
export type Grid = Pick<ImageExplanation, "rows" | "columns">;

/** A map upsampled to a square image of `size` pixels. */
export function pixelMap(map: Float64Array, { rows, columns }: Grid, size: number): Float64Array {
  return upsampleBicubic(map, rows, columns, size, size);
}

/** The 95th-percentile box of a map that was upsampled to a square image of `size` pixels. */
export function mapBox(pixels: Float64Array, size: number): Box {
  return activationBox(pixels, size, size);
}

/** The first pixel, row by row, with the largest value. */
export function peakPixel(pixels: Float64Array, size: number): { x: number; y: number } {
  let best = 0;
  for (let at = 1; at < pixels.length; at++) if (pixels[at]! > pixels[best]!) best = at;
  return { x: best % size, y: Math.floor(best / size) };
}

/** The square that reaches `half` pixels from a point to every side; it may leave the image. */
export function squareAround(x: number, y: number, half: number): Box {
  return { left: x - half, top: y - half, right: x + half, bottom: y + half };
}

/** Whether a point lies in a box, its edges included. */
export function holds(box: Box, { x, y }: { readonly x: number; readonly y: number }): boolean {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}
