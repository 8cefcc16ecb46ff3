/**
 * From pixels to the numbers that a network takes.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import { resizeShortSideThenCentreCrop } from "./resize.ts";
import type { Image } from "./image.ts";

/** How an image becomes a network's input. */
export interface Preprocessing {
  /** Pixels of the short side after resizing; null leaves the image as it is. */
  readonly shortSide: number | null;
  /** Pixels of the central square. */
  readonly crop: number;
  /** Order of the channels that the network takes; red first when absent. */
  readonly colourOrder?: "RGB" | "BGR" | undefined;
  /** Mean of each channel, in the network's order and in units where white is 1. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/**
 * Writes (pixel / 255 - mean) / std, in float32 arithmetic, channel after channel. An image that has the
 * wanted size already is neither resized nor cropped. Grey images fill all three channels.
 *
 * @param target Receives channels x crop x crop values from `offset` on.
 * @param file Name for errors.
 * @throws {RunError} When the image's size or channels cannot meet what is wanted.
 */
export function toTensor(
  image: Image,
  { shortSide, crop, mean, std, colourOrder }: Preprocessing,
  target: Float32Array,
  offset: number,
  file: string,
): void {
  const isSized = image.width === crop && image.height === crop;
  if (!isSized && shortSide === null) {
    throw new RunError(
      `${file}: image of ${image.width} x ${image.height} pixels, wanted ${crop} x ${crop}`,
    );
  }
  if (image.channels > mean.length) {
    throw new RunError(
      `${file}: image with ${image.channels} channels, the network takes ${mean.length}`,
    );
  }
  const { data, channels } = isSized
    ? image
    : resizeShortSideThenCentreCrop(image, shortSide!, crop);
  const pixels = crop * crop;
  for (let c = 0; c < mean.length; c++) {
    const values = tableOf(mean[c]!, std[c]!);
    const start = offset + c * pixels;
    const from = channels === 1 ? 0 : colourOrder === "BGR" ? channels - 1 - c : c;
    for (let i = 0; i < pixels; i++) target[start + i] = values[data[i * channels + from]!]!;
  }
}

const tables = new Map<string, Float32Array>();

/** The normalised value of each of the 256 levels, each step rounded to float32. */
function tableOf(mean: number, std: number): Float32Array {
  const key = `${mean} ${std}`;
  let table = tables.get(key);
  if (!table) {
    const [m, s] = [Math.fround(mean), Math.fround(std)];
    table = Float32Array.from(
      { length: 256 },
      (_, level) => Math.fround(Math.fround(Math.fround(level / 255) - m) / s),
    );
    tables.set(key, table);
  }
  return table;
}
