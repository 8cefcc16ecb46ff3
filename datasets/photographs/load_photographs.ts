/**
 * From files to pixels of one size.
 *
 * @module
 */
import { formatBytes, RunError, UsageError } from "../../harness/base/mod.ts";
import { decodeImage, type Image, resize, type Window } from "../../harness/images/mod.ts";
import type { LabelledImages } from "../labelled_images.ts";
import { readInput } from "../read_input.ts";
import { requireLabels } from "../require_labels.ts";
import { cutWindow, windowIn } from "./crop_window.ts";
import type { Photograph } from "./photograph.ts";

const CHANNELS = 3;

/** Larger files are refused: no picture that can be decoded needs as much. */
const MOST_FILE_BYTES = 2 ** 29;

/** Pixels that may be held of one list when the caller says nothing: 14,266 images at 224 x 224. */
const MOST_PIXEL_BYTES = 2 ** 31;

/** What becomes of the photographs. */
export interface LoadPhotographsOptions {
  /** Pixels of each side. */
  readonly size: number;
  /** Name of the list for errors, for instance `CUB-200-2011 train`. */
  readonly set: string;
  /** More memory than this is not taken; 2 GiB when absent. */
  readonly mostBytes?: number;
}

/** Images, and which part of each photograph they show. */
export interface LoadedPhotographs {
  readonly images: LabelledImages;
  /** In pixels of the photograph. */
  readonly windows: readonly Window[];
}

/**
 * Decodes, crops to the boxes and resizes to a square as Pillow does (antialiased, bilinear) without
 * keeping the aspect, as the authors of ProtoPNet do. Grey becomes three equal channels, alpha is
 * dropped; CMYK and 16 bits a channel are refused.
 *
 * @throws {RunError} When the images need too much memory, one cannot be read, a box is not in its
 * image, or a class has no images.
 * @throws {UsageError} When the size is no positive whole number.
 */
export async function loadPhotographs(
  photographs: readonly Photograph[],
  classes: readonly string[],
  { size, set, mostBytes = MOST_PIXEL_BYTES }: LoadPhotographsOptions,
): Promise<LoadedPhotographs> {
  if (!Number.isInteger(size) || size < 1) {
    throw new UsageError(`${set}: images of size ${size}, wanted a whole number from 1 on`);
  }
  const each = size * size * CHANNELS;
  const bytes = photographs.length * each;
  if (bytes > mostBytes) {
    throw new RunError(
      `${set}: ${photographs.length} images of ${size} x ${size} pixels need ${
        formatBytes(bytes)
      }, ` +
        `wanted at most ${formatBytes(mostBytes)}: choose a smaller size`,
    );
  }
  const pixels = new Uint8Array(bytes);
  const windows: Window[] = [];
  for (const [at, { file, box }] of photographs.entries()) {
    const whole = await decodeImage(await readInput(file, MOST_FILE_BYTES), file);
    const window = box
      ? windowIn(whole, box, file)
      : { left: 0, top: 0, width: whole.width, height: whole.height };
    windows.push(window);
    writeRgb(resize(cutWindow(whole, window), size, size), pixels, at * each);
  }
  const images = {
    width: size,
    height: size,
    channels: CHANNELS,
    classes,
    labels: Int32Array.from(photographs, ({ label }) => label),
    names: photographs.map(({ name }) => name),
    pixels,
  };
  return { images: requireLabels(images, set), windows };
}

function writeRgb({ data, channels }: Image, target: Uint8Array, to: number): void {
  if (channels === CHANNELS) target.set(data, to);
  else data.forEach((grey, at) => target.fill(grey, to + at * CHANNELS, to + (at + 1) * CHANNELS));
}
