/**
 * The one check that labelled images pass before anything is trained on them.
 *
 * @module
 */
import { RunError } from "../harness/base/mod.ts";
import type { LabelledImages } from "./labelled_images.ts";

/**
 * Lets labelled images pass that hold what they promise.
 *
 * @param set Name for errors, for instance `MNIST train`.
 * @returns The same images.
 * @throws {RunError} When sizes and lengths contradict each other, a name comes twice, a label is not a
 * class or a class has no images.
 */
export function requireLabels(images: LabelledImages, set: string): LabelledImages {
  const { classes, names } = images;
  requireLengths(images, set);
  requireUnique(classes, "class", set);
  requireUnique(names, "image", set);
  requireUsed(images, set);
  return images;
}

function requireLengths(
  { width, height, channels, labels, names, pixels }: LabelledImages,
  set: string,
): void {
  const isSize = [width, height, channels].every((size) => Number.isInteger(size) && size > 0);
  if (!isSize || (channels !== 1 && channels !== 3)) {
    throw new RunError(
      `${set}: images of ${width} x ${height} pixels with ${channels} channels, wanted sizes from 1 ` +
        "on and 1 or 3 channels",
    );
  }
  if (names.length !== labels.length) {
    throw new RunError(
      `${set}: names: ${names.length}, wanted ${labels.length}, the number of labels`,
    );
  }
  const wanted = labels.length * width * height * channels;
  if (pixels.length !== wanted) {
    throw new RunError(
      `${set}: pixels: ${pixels.length} bytes, wanted ${wanted} for ${labels.length} images of ` +
        `${width} x ${height} x ${channels}`,
    );
  }
}

function requireUnique(names: readonly string[], kind: string, set: string): void {
  const first = new Map<string, number>();
  for (const [at, name] of names.entries()) {
    const earlier = first.get(name);
    if (earlier !== undefined) {
      throw new RunError(
        `${set}: ${kind} ${at}: name "${name}" as ${kind} ${earlier}, wanted names that differ`,
      );
    }
    first.set(name, at);
  }
}

function requireUsed({ classes, labels, names }: LabelledImages, set: string): void {
  const counts = new Uint32Array(classes.length);
  for (const [at, label] of labels.entries()) {
    if (label < 0 || label >= classes.length) {
      throw new RunError(
        `${set}: image ${at} "${names[at]}": label ${label}, wanted 0 to ${classes.length - 1}`,
      );
    }
    counts[label]!++;
  }
  const empty = counts.indexOf(0);
  if (empty >= 0) {
    throw new RunError(
      `${set}: class ${empty} "${classes[empty]}": found 0 images, wanted at least 1`,
    );
  }
}
