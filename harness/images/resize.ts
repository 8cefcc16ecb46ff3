/**
 * Pillow's antialiased bilinear resize, bit for bit: a triangle filter as wide as the scale, weights in
 * fixed point with 22 fractional bits, horizontal pass first, each pass rounded to 8 bits.
 *
 * @module
 */
import type { Image } from "./image.ts";

/** Fractional bits of the weights. */
const PRECISION = 22;

/** The inputs of one output pixel along one axis, and their weights. */
interface Taps {
  readonly first: number;
  readonly weights: Int32Array;
}

/** Resizes an image; the same size gives the same pixels. */
export function resize(image: Image, width: number, height: number): Image {
  const horizontal = image.width === width ? image : resizeRows(image, width);
  return horizontal.height === height ? horizontal : resizeColumns(horizontal, height);
}

/**
 * Scales the short side to `shortSide` (the long one rounded down) and cuts the central square out, its
 * corner rounded with ties to even, as torchvision does.
 */
export function resizeShortSideThenCentreCrop(
  image: Image,
  shortSide: number,
  crop: number,
): Image {
  const short = Math.min(image.width, image.height);
  const scaled = (size: number) => Math.floor(shortSide * size / short);
  const size = image.width <= image.height
    ? [shortSide, scaled(image.height)] as const
    : [scaled(image.width), shortSide] as const;
  return centreCrop(resize(image, ...size), crop);
}

/** The central square. The image must be at least as large. */
export function centreCrop(image: Image, crop: number): Image {
  const left = roundHalfToEven((image.width - crop) / 2);
  const top = roundHalfToEven((image.height - crop) / 2);
  const row = crop * image.channels;
  const data = new Uint8Array(crop * row);
  for (let y = 0; y < crop; y++) {
    const start = ((top + y) * image.width + left) * image.channels;
    data.set(image.data.subarray(start, start + row), y * row);
  }
  return { width: crop, height: crop, channels: image.channels, data };
}

function resizeRows({ width: from, height, channels, data }: Image, width: number): Image {
  const taps = tapsOf(from, width);
  const out = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const { first, weights } = taps[x]!;
      for (let c = 0; c < channels; c++) {
        let sum = 1 << (PRECISION - 1);
        for (let t = 0; t < weights.length; t++) {
          sum += data[(y * from + first + t) * channels + c]! * weights[t]!;
        }
        out[(y * width + x) * channels + c] = toByte(sum);
      }
    }
  }
  return { width, height, channels, data: out };
}

function resizeColumns({ width, height: from, channels, data }: Image, height: number): Image {
  const taps = tapsOf(from, height);
  const row = width * channels;
  const out = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) {
    const { first, weights } = taps[y]!;
    for (let x = 0; x < row; x++) {
      let sum = 1 << (PRECISION - 1);
      for (let t = 0; t < weights.length; t++) sum += data[(first + t) * row + x]! * weights[t]!;
      out[y * row + x] = toByte(sum);
    }
  }
  return { width, height, channels, data: out };
}

function tapsOf(from: number, to: number): Taps[] {
  const scale = from / to;
  const support = Math.max(1, scale);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - support + 0.5));
    const last = Math.min(from, Math.trunc(centre + support + 0.5));
    const triangle = Array.from(
      { length: last - first },
      (_, t) => Math.max(0, 1 - Math.abs((first + t - centre + 0.5) / support)),
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
