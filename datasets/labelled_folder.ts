/**
 * A folder of photographs as a labelled set: one sub-folder a class.
 *
 * @module
 */
import { RunError, UsageError } from "../harness/base/mod.ts";
import { resizeShortSideThenCentreCrop } from "../harness/images/mod.ts";
import { imageFolder } from "./image_folder.ts";
import type { LabelledImages } from "./labelled_images.ts";
import { requireLabels } from "./require_labels.ts";

const CHANNELS = 3;

/** Sets whose pixels need more memory are refused: 28,000 photographs at 224 x 224. */
const MOST_PIXEL_BYTES = 2 ** 32;

/** How photographs of all sizes become images of one size. */
export interface LabelledFolderOptions {
  /** Pixels of each side. */
  readonly size: number;
}

/**
 * All images of a folder as RGB: the short side is scaled to `size` as Pillow does it, and the central
 * square is kept. Classes and files are sorted by UTF-16 code units; an image's name is `class/file`.
 *
 * @throws {RunError} When there are fewer than two classes, a class has no images or an image cannot be
 * read.
 * @throws {UsageError} When the size is no positive whole number.
 */
export async function labelledFolder(
  path: string,
  { size }: LabelledFolderOptions,
): Promise<LabelledImages> {
  if (!Number.isInteger(size) || size < 1) {
    throw new UsageError(`${path}: images of size ${size}, wanted a whole number from 1 on`);
  }
  const groups = await imageFolder(path);
  if (groups.length < 2) {
    throw new RunError(`${path}: 1 class "${groups[0]!.id}", wanted at least 2 folders`);
  }
  const count = groups.reduce((sum, { names }) => sum + names.length, 0);
  const bytes = count * size * size * CHANNELS;
  if (bytes > MOST_PIXEL_BYTES) {
    throw new RunError(
      `${path}: ${count} images of ${size} x ${size} pixels need ${bytes} bytes, wanted at most ` +
        `${MOST_PIXEL_BYTES}`,
    );
  }
  const pixels = new Uint8Array(bytes);
  const labels = new Int32Array(count);
  const names: string[] = [];
  for (const [label, group] of groups.entries()) {
    for (const [at, name] of group.names.entries()) {
      const image = resizeShortSideThenCentreCrop(await group.read(at), size, size);
      writeRgb(image.data, image.channels, pixels, names.length * size * size * CHANNELS);
      labels[names.length] = label;
      names.push(`${group.id}/${name}`);
    }
  }
  const classes = groups.map(({ label }) => label);
  const images = { width: size, height: size, channels: CHANNELS, classes, labels, names, pixels };
  return requireLabels(images, path);
}

/** Grey becomes three equal channels. */
function writeRgb(data: Uint8Array, channels: number, target: Uint8Array, to: number): void {
  if (channels === CHANNELS) target.set(data, to);
  else data.forEach((grey, at) => target.fill(grey, to + at * CHANNELS, to + (at + 1) * CHANNELS));
}
