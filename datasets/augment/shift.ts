/**
 * Shifting an image by whole pixels.
 *
 * @module
 */
import { UsageError } from "../../harness/base/mod.ts";
import type { Augmentation, ImageShape } from "./augmentation.ts";

/** What fills the uncovered pixels: black, or the nearest pixel of the image. */
export type Padding = "zero" | "edge";

/**
 * Shifts by a number of columns and a number of rows, each uniform in -max .. max.
 *
 * @throws {UsageError} When `max` is no whole number or leaves nothing of the image.
 */
export function shift(shape: ImageShape, max: number, padding: Padding = "zero"): Augmentation {
  const short = Math.min(shape.width, shape.height);
  if (!Number.isInteger(max) || max < 0 || max >= short) {
    throw new UsageError(`shift: max ${max}, wanted a whole number from 0 to ${short - 1}`);
  }
  const move = padding === "zero" ? moveOverBlack : moveOverEdge;
  return {
    apply(source, target, random) {
      const columns = random.integer(2 * max + 1) - max;
      const rows = random.integer(2 * max + 1) - max;
      move(shape, source, target, columns, rows);
    },
  };
}

/** Moves the content right by `columns` and down by `rows`. */
function moveOverBlack(
  { width, height, channels }: ImageShape,
  source: Uint8Array,
  target: Uint8Array,
  columns: number,
  rows: number,
): void {
  target.fill(0);
  const row = width * channels;
  const covered = row - Math.abs(columns) * channels;
  const [from, to] = [Math.max(0, -columns) * channels, Math.max(0, columns) * channels];
  for (let y = Math.max(0, rows); y < Math.min(height, height + rows); y++) {
    const start = (y - rows) * row + from;
    target.set(source.subarray(start, start + covered), y * row + to);
  }
}

function moveOverEdge(
  { width, height, channels }: ImageShape,
  source: Uint8Array,
  target: Uint8Array,
  columns: number,
  rows: number,
): void {
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.min(height - 1, Math.max(0, y - rows)) * width;
    for (let x = 0; x < width; x++) {
      const pixel = (row + Math.min(width - 1, Math.max(0, x - columns))) * channels;
      for (let c = 0; c < channels; c++) target[at++] = source[pixel + c]!;
    }
  }
}
