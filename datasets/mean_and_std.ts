/**
 * Mean and standard deviation of a set of images, for normalising a network's input.
 *
 * @module
 */
import { RunError } from "../harness/base/mod.ts";
import { imageAt, type LabelledImages } from "./labelled_images.ts";

/** Below it there is only rounding: one level of difference among 10^10 pixels makes 10^-15. */
const LEAST_VARIANCE = 1e-18;

/** One number for each channel, in units where white is 1. */
export interface MeanAndStd {
  readonly mean: readonly number[];
  /** Of the population: divided by the number of pixels. */
  readonly std: readonly number[];
}

/**
 * Mean and standard deviation of x / 255 + offset over all pixels of all images, computed from exact
 * sums over each image. Normalising by them gives the same numbers as the authors' code, which scales
 * to [0, 1] by minimum and maximum before it normalises.
 *
 * @param offsets Added to all pixels of each image, as `luminanceOffsets()` draws them; null: none.
 * @throws {RunError} When all pixels of a channel are equal.
 * @throws {RangeError} When there is not one offset an image.
 */
export function meanAndStdWith(
  images: LabelledImages,
  offsets: ArrayLike<number> | null,
): MeanAndStd {
  const { channels, width, height, labels } = images;
  const count = labels.length;
  if (offsets && offsets.length !== count) {
    throw new RangeError(`Cannot add ${offsets.length} offsets to ${count} images`);
  }
  const sums = sumsOf(images);
  const area = width * height;
  const [mean, std]: [number[], number[]] = [[], []];
  for (let c = 0; c < channels; c++) {
    let total = 0;
    for (let i = 0; i < count; i++) {
      total += sums.first[i * channels + c]! / 255 / area + (offsets?.[i] ?? 0);
    }
    const centre = total / count;
    let spread = 0;
    for (let i = 0; i < count; i++) {
      const [first, second] = [sums.first[i * channels + c]!, sums.second[i * channels + c]!];
      const own = first / 255 / area;
      const within = (area * second - first ** 2) / (255 * area) ** 2;
      spread += within + (own + (offsets?.[i] ?? 0) - centre) ** 2;
    }
    if (spread / count < LEAST_VARIANCE) {
      throw new RunError(
        `Cannot normalise ${count} images: all pixels of channel ${c} are equal, wanted a spread`,
      );
    }
    mean.push(centre);
    std.push(Math.sqrt(spread / count));
  }
  return { mean, std };
}

/** Sums of the levels and of their squares, a channel after the other, an image after the other. */
function sumsOf(images: LabelledImages): { first: Float64Array; second: Float64Array } {
  const { channels, labels } = images;
  const first = new Float64Array(labels.length * channels);
  const second = new Float64Array(labels.length * channels);
  for (let i = 0; i < labels.length; i++) {
    const pixels = imageAt(images, i);
    for (let c = 0; c < channels; c++) {
      let [sum, squares] = [0, 0];
      for (let at = c; at < pixels.length; at += channels) {
        const level = pixels[at]!;
        sum += level;
        squares += level * level;
      }
      first[i * channels + c] = sum;
      second[i * channels + c] = squares;
    }
  }
  return { first, second };
}
