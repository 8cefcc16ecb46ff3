/**
 * From pixels to the numbers that a network takes.
 *
 * @module
 */
import { RunError, UsageError } from "../base/mod.ts";
import { resizeShortSideThenCentreCrop, resizeToCoverThenCentreCrop } from "./resize.ts";
import type { Image } from "./image.ts";

/** How an image becomes a network's input. */
export interface Preprocessing {
  /** Pixels of the short side after resizing; null leaves the image as it is. */
  readonly shortSide: number | null;
  /** Pixels of the central square, or the height of the central rectangle. */
  readonly crop: number;
  /** Width of the central rectangle, where it is no square. */
  readonly across?: number | undefined;
  /** Order of the channels that the network takes; red first when absent. */
  readonly colourOrder?: "RGB" | "BGR" | undefined;
  /** Mean of each channel, in the network's order and in units where white is 1. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/**
 * Writes (pixel / 255 - mean) / std, in torch's float32 arithmetic, channel after channel. Grey images
 * fill all three channels. An image that has the wanted size already counts as prepared and is neither
 * resized nor cropped, also when `shortSide` is set: the reference values of the 224-pixel photographs
 * were made so. In a folder of mixed sizes such an image therefore shows more of its scene than one that
 * is resized to `shortSide` and cropped.
 *
 * @param target Receives channels x crop x across values from `offset` on.
 * @param file Name for errors.
 * @throws {RunError} When the image's size or channels cannot meet what is wanted.
 * @throws {UsageError} When the preprocessing contradicts itself.
 */
export function toTensor(
  image: Image,
  preprocessing: Preprocessing,
  target: Float32Array,
  offset: number,
  file: string,
): void {
  requireConsistent(preprocessing);
  const { crop, across = crop, mean, colourOrder } = preprocessing;
  if (image.channels > mean.length) {
    throw new RunError(
      `${file}: image with ${image.channels} channels, wanted ${mean.length} for this network`,
    );
  }
  const { data, channels } = sized(image, preprocessing, file);
  const levels = levelsFor(preprocessing);
  const pixels = crop * across;
  if (offset + mean.length * pixels > target.length) {
    throw new RangeError(
      `Cannot write ${mean.length * pixels} values at ${offset} of ${target.length}`,
    );
  }
  for (const [c, values] of levels.entries()) {
    const start = offset + c * pixels;
    const end = start + pixels;
    let from = channels === 1 ? 0 : colourOrder === "BGR" ? channels - 1 - c : c;
    for (let at = start; at < end; at++, from += channels) target[at] = values[data[from]!]!;
  }
}

function sized(
  image: Image,
  { shortSide, crop, across = crop }: Preprocessing,
  file: string,
): Image {
  if (image.width === across && image.height === crop) return image;
  if (shortSide !== null) {
    return across === crop
      ? resizeShortSideThenCentreCrop(image, shortSide, crop)
      : resizeToCoverThenCentreCrop(image, across, crop, shortSide / Math.min(crop, across));
  }
  throw new RunError(
    `${file}: image of ${image.width} x ${image.height} pixels, wanted ${across} x ${crop}`,
  );
}

function requireConsistent(
  { shortSide, crop, across = crop, mean, std }: Preprocessing,
): void {
  const least = Math.min(crop, across);
  if (shortSide !== null && shortSide < least) {
    throw new UsageError(`preprocessing: shortSide ${shortSide}, wanted at least crop ${least}`);
  }
  if ((mean.length !== 1 && mean.length !== 3) || std.length !== mean.length) {
    throw new UsageError(
      `preprocessing: ${mean.length} means and ${std.length} stds, wanted 1 or 3 of each`,
    );
  }
}

/** Small images come by the thousand, and making the levels takes longer than using them. */
const knownLevels = new WeakMap<Preprocessing, readonly Float32Array[]>();

/** The normalised values of the 256 levels of each channel. */
function levelsFor(preprocessing: Preprocessing): readonly Float32Array[] {
  const known = knownLevels.get(preprocessing);
  if (known) return known;
  const { mean, std } = preprocessing;
  const levels = mean.map((value, channel) => levelsOf(value, std[channel]!));
  knownLevels.set(preprocessing, levels);
  return levels;
}

/** The normalised value of each of the 256 levels, each step rounded to float32. */
function levelsOf(mean: number, std: number): Float32Array {
  const [m, s] = [Math.fround(mean), Math.fround(std)];
  return Float32Array.from(
    { length: 256 },
    (_, level) => Math.fround(Math.fround(level / 255) - m) / s,
  );
}
