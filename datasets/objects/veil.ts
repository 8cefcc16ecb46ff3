/**
 * The *veil*: a random smooth field of luminance and colour laid over an image, a nuisance of high
 * variance that a network has to see through.
 *
 * @module
 */
import { type RandomStream, randomStream } from "../../harness/base/mod.ts";
import { imageAt, type LabelledImages } from "../labelled_images.ts";

/** How the veil came about: to be repeated wherever results on veiled objects are shown. */
export const VEIL_PROVENANCE =
  "In the exploratory study that this data set comes from, the plain rendered objects gave no hump in " +
  "the profile of intrinsic dimension. The veil was then added, and its strength and form were tuned " +
  "on whether a hump appeared; learning rate, epochs, image size and background were varied on the " +
  "same three data sets. Tried there: fields with and without quadratic terms, fresh in each epoch or " +
  "fixed; backgrounds of one colour, gradients, value noise and dead leaves instead of black; five " +
  "times as much light; 32 and 64 pixels; 36 and 100 views; narrower dense layers; eight convolutions; " +
  "residual networks; rates from 0.01 to 0.1 and 10 to 30 epochs; all but three runs with batch " +
  "normalisation. Without a veil, value noise behind the objects gave a rise of 1.2. A hump on veiled " +
  "objects therefore shows that such a nuisance is sufficient for one, not that rendered objects have " +
  "it by themselves.";

/** Terms of the field: 1, x, y, xy, x^2 - 0.33, y^2 - 0.33 with x, y in [-1, 1]. */
const TERMS = 6;
const CHANNELS = 3;
const SQUARE_MEAN = 0.33;

/** Amplitude of each term. */
const AMPLITUDE = 0.35;

/** Share of each channel's own coefficients. */
const COLOUR = 0.3;

/** A field and the contrast that is left to the image. */
export interface Veil {
  readonly contrast: number;
  /** Channels x terms, for three channels. */
  readonly coefficients: Float64Array;
}

/** Draws contrast 0.6 exp U(-0.3, 0.3) and coefficients 0.35 (U(-1, 1) + 0.3 U(-1, 1)). */
export function drawVeil(random: RandomStream): Veil {
  const symmetric = () => 2 * random.uniform() - 1;
  const contrast = 0.6 * Math.exp(0.3 * symmetric());
  const luminance = Float64Array.from({ length: TERMS }, symmetric);
  const coefficients = Float64Array.from(
    { length: CHANNELS * TERMS },
    (_, at) => AMPLITUDE * (luminance[at % TERMS]! + COLOUR * symmetric()),
  );
  return { contrast, coefficients };
}

/** What of {@linkcode LabelledImages} says how long an image is. */
export type ImageShape = Pick<LabelledImages, "width" | "height" | "channels">;

/**
 * Veils one image: 0.5 + contrast (value - 0.5) + field, values in [0, 1], clipped, rounded to 8 bits
 * (half away from zero). A grey image has the field of the first channel.
 *
 * @param image height x width x channels, 8 bits.
 * @param out As long as `image`; may be `image` itself.
 * @throws {RangeError} When a length is not height x width x channels, or there are over 3 channels.
 */
export function applyVeil(
  image: Uint8Array,
  { width, height, channels }: ImageShape,
  { contrast, coefficients }: Veil,
  out: Uint8Array,
): void {
  const length = width * height * channels;
  if (image.length !== length || out.length !== length || channels > CHANNELS) {
    throw new RangeError(
      `Cannot veil ${image.length} values into ${out.length} as ${height} x ${width} x ${channels}`,
    );
  }
  for (let row = 0; row < height; row++) {
    const y = (2 * row + 1) / height - 1;
    for (let c = 0; c < channels; c++) {
      const k = c * TERMS;
      const square = 255 * coefficients[k + 4]!;
      const slope = 255 * (coefficients[k + 1]! + coefficients[k + 3]! * y);
      const constant = 255 * (0.5 - 0.5 * contrast + coefficients[k]! + coefficients[k + 2]! * y +
            coefficients[k + 5]! * (y * y - SQUARE_MEAN)) - square * SQUARE_MEAN;
      let at = row * width * channels + c;
      for (let column = 0; column < width; column++, at += channels) {
        const x = (2 * column + 1) / width - 1;
        const value = contrast * image[at]! + constant + x * (slope + x * square);
        out[at] = value <= 0 ? 0 : value >= 255 ? 255 : value + 0.5;
      }
    }
  }
}

/** The veil of an image, decided by the seed and the image's name. */
export function veilOf(name: string, seed: number): Veil {
  return drawVeil(randomStream(seed, "objects", "veil", name));
}

/** Gives every image a veil of its own, decided by the seed and the image's name. */
export function veiled(images: LabelledImages, seed: number): LabelledImages {
  const pixels = new Uint8Array(images.pixels.length);
  const out = { ...images, pixels };
  images.names.forEach((name, index) => {
    applyVeil(imageAt(images, index), images, veilOf(name, seed), imageAt(out, index));
  });
  return out;
}
