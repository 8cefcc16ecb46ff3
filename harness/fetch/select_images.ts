/**
 * Which photographs of Imagenette are kept.
 *
 * @module
 */
import type { ImagenettePin } from "../../datasets/downloads.ts";
import { RunError } from "../base/mod.ts";

/** ILSVRC training images are named after their class, validation images are numbered. */
const IMAGE = /^(train|val)\/(n\d{8})\/(?:(n\d{8})_(\d+)|ILSVRC2012_val_\d{8})\.JPEG$/;

/**
 * Imagenette mixes ILSVRC training and validation images in both of its folders. Kept are, of each
 * class: in `train` the training images with the smallest numbers; in `val` every validation image,
 * filled up with the training images of that folder with the smallest numbers.
 *
 * @param paths Paths below the archive's top folder.
 * @returns The kept paths, `train/<wnid>/<name>` and `val/<wnid>/<name>`.
 * @throws {RunError} When a class has too few images.
 */
export function selectImages(
  paths: Iterable<string>,
  { classes, trainImages, valImages }: Pick<
    ImagenettePin,
    "classes" | "trainImages" | "valImages"
  >,
): ReadonlySet<string> {
  const folders = new Map(
    ["train", "val"].flatMap((split) =>
      Object.keys(classes).map((wnid) => [`${split}/${wnid}`, emptyFolder()])
    ),
  );
  for (const path of paths) {
    const [, split, wnid, ofClass, number] = IMAGE.exec(path) ?? [];
    const folder = folders.get(`${split}/${wnid}`);
    if (ofClass === undefined) folder?.validation.push(path);
    else if (ofClass === wnid) folder?.training.push({ path, number: Number(number) });
  }
  const selection: string[] = [];
  for (const [name, { training, validation }] of folders) {
    const isTrain = name.startsWith("train/");
    const wanted = isTrain ? trainImages : valImages;
    const kept = isTrain ? [] : validation;
    const smallest = training.toSorted((a, b) => a.number - b.number).map(({ path }) => path);
    selection.push(...kept, ...smallest.slice(0, Math.max(0, wanted - kept.length)));
    const found = kept.length + training.length;
    if (found < wanted) throw new RunError(`${name}: found ${found} images, wanted ${wanted}`);
  }
  return new Set(selection);
}

function emptyFolder() {
  return { training: [] as { path: string; number: number }[], validation: [] as string[] };
}
