/**
 * Pillow's antialiased bilinear resize, bit for bit: a triangle filter as wide as the scale, weights in
 * fixed point with 22 fractional bits, horizontal pass first, each pass rounded to 8 bits.
 *
 * @module
 */
import type { Image } from "./image.ts";

/** Fractional bits of the weights. */
const PRECISION = 22;

/** A rectangle of an image, in pixels. */
export interface Window {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The inputs of one output pixel along one axis, and their weights. */
interface Taps {
  readonly first: number;
  readonly weights: Int32Array;
}

/**
 * Resizes an image; the same size gives the same pixels.
 *
 * @param window Part of the result to compute; all of it when absent. Memory and time are those of the
 * part, however large the whole would be.
 */
export function resize(
  image: Image,
  width: number,
  height: number,
  window: Window = { left: 0, top: 0, width, height },
): Image {
  const columns = tapsOf(image.width, width, window.left, window.width);
  const rows = tapsOf(image.height, height, window.top, window.height);
  const last = rows[rows.length - 1]!;
  const firstRow = rows[0]!.first;
  const endRow = last.first + last.weights.length;
  return resizeColumns(resizeRows(image, columns, firstRow, endRow), rows, firstRow);
}

/** Scales the short side to `shortSide` and cuts the central square out, as torchvision does. */
export function resizeShortSideThenCentreCrop(
  image: Image,
  shortSide: number,
  crop: number,
): Image {
  const { width, height, window } = centreWindow(image.width, image.height, shortSide, crop);
  return resize(image, width, height, window);
}

/**
 * Size of an image whose short side is scaled to `shortSide` (the long one rounded down), and its
 * central square (the corner rounded with ties to even).
 *
 * @throws {RangeError} When the square is larger than the short side.
 */
export function centreWindow(
  width: number,
  height: number,
  shortSide: number,
  crop: number,
): { width: number; height: number; window: Window } {
  if (crop > shortSide) {
    throw new RangeError(`Cannot crop ${crop} pixels from a short side of ${shortSide}`);
  }
  const long = Math.floor(shortSide * Math.max(width, height) / Math.min(width, height));
  const size = width <= height
    ? { width: shortSide, height: long }
    : { width: long, height: shortSide };
  const left = roundHalfToEven((size.width - crop) / 2);
  const top = roundHalfToEven((size.height - crop) / 2);
  return { ...size, window: { left, top, width: crop, height: crop } };
}

/**
 * Scales an image, its sides in proportion, until it covers a rectangle enlarged by a margin, and cuts
 * the central rectangle out.
 *
 * @param margin At least 1; 256/224 leaves as much around the rectangle as ImageNet's preprocessing.
 */
export function resizeToCoverThenCentreCrop(
  image: Image,
  width: number,
  height: number,
  margin: number,
): Image {
  const scale = margin * Math.max(width / image.width, height / image.height);
  const whole = {
    width: Math.max(width, Math.round(image.width * scale)),
    height: Math.max(height, Math.round(image.height * scale)),
  };
  return resize(image, whole.width, whole.height, {
    left: roundHalfToEven((whole.width - width) / 2),
    top: roundHalfToEven((whole.height - height) / 2),
    width,
    height,
  });
}

/** The horizontal pass over the rows from `firstRow` up to, not including, `endRow`. */
function resizeRows(
  { width: from, channels, data }: Image,
  columns: readonly Taps[],
  firstRow: number,
  endRow: number,
): Image {
  const [width, height] = [columns.length, endRow - firstRow];
  const out = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const { first, weights } = columns[x]!;
      const start = ((firstRow + y) * from + first) * channels;
      for (let c = 0; c < channels; c++) {
        let sum = 1 << (PRECISION - 1);
        for (let t = 0; t < weights.length; t++) {
          sum += data[start + t * channels + c]! * weights[t]!;
        }
        out[(y * width + x) * channels + c] = toByte(sum);
      }
    }
  }
  return { width, height, channels, data: out };
}

/** The vertical pass; the image's first row is number `firstRow` of the whole. */
function resizeColumns(
  { width, channels, data }: Image,
  rows: readonly Taps[],
  firstRow: number,
): Image {
  const row = width * channels;
  const out = new Uint8Array(row * rows.length);
  for (const [y, { first, weights }] of rows.entries()) {
    const start = (first - firstRow) * row;
    for (let x = 0; x < row; x++) {
      let sum = 1 << (PRECISION - 1);
      for (let t = 0; t < weights.length; t++) sum += data[start + t * row + x]! * weights[t]!;
      out[y * row + x] = toByte(sum);
    }
  }
  return { width, height: rows.length, channels, data: out };
}

/** Inputs and weights of `count` output pixels from `start` on, in the order of Pillow's operations. */
function tapsOf(from: number, to: number, start: number, count: number): Taps[] {
  const scale = from / to;
  const support = Math.max(1, scale);
  const perPixel = 1 / support;
  return Array.from({ length: count }, (_, i) => {
    const centre = (start + i + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(from, Math.trunc(centre + support + 0.5));
    const triangle = Array.from(
      { length: end - first },
      (_, t) => Math.max(0, 1 - Math.abs((t + first - centre + 0.5) * perPixel)),
    );
    const total = triangle.reduce((sum, weight) => sum + weight, 0);
    const weights = Int32Array.from(
      triangle,
      (weight) => Math.trunc(0.5 + weight / total * 2 ** PRECISION),
    );
    return { first, weights };
  });
}

function toByte(sum: number): number {
  return Math.min(255, Math.max(0, sum >> PRECISION));
}

function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
