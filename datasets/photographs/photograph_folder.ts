/**
 * Anybody's photographs: one folder a class.
 *
 * @module
 */
import {
  messageOf,
  permutation,
  randomStream,
  RunError,
  UsageError,
} from "../../harness/base/mod.ts";
import type { ImageGroup } from "../dataset.ts";
import { imageFolder } from "../image_folder.ts";
import type { Photograph, PhotographSet } from "./photograph.ts";

/** How photographs without a division are divided. */
export interface PhotographFolderOptions {
  /** Of each class, in (0, 1); rounded to whole images. Not used where the folder is divided. */
  readonly testShare: number;
  readonly seed: number;
}

/**
 * Photographs in `train/<class>/` and `test/<class>/`, or in `<class>/`, divided at random. Classes and
 * files are sorted by UTF-16 code units.
 *
 * @throws {RunError} When there are fewer than two classes, a class is without images or not in both
 * halves, or only one half is there.
 * @throws {UsageError} When the share leaves a class without test images or without training images.
 */
export async function photographFolder(
  root: string,
  options: PhotographFolderOptions,
): Promise<PhotographSet> {
  const [hasTrain, hasTest] = [await isFolder(`${root}/train`), await isFolder(`${root}/test`)];
  if (hasTrain !== hasTest) {
    const [there, absent] = hasTrain ? ["train", "test"] : ["test", "train"];
    throw new RunError(
      `${root}: found a folder "${there}" and no "${absent}", wanted both or none`,
    );
  }
  if (!hasTrain) return await divided(root, options);
  const [train, test] = [await imageFolder(`${root}/train`), await imageFolder(`${root}/test`)];
  requireSameClasses(root, train, test);
  requireTwo(root, train);
  return {
    classes: train.map(({ label }) => label),
    train: photographsOf(root, train, "train/"),
    test: photographsOf(root, test, "test/"),
  };
}

async function divided(
  root: string,
  { testShare, seed }: PhotographFolderOptions,
): Promise<PhotographSet> {
  if (!(testShare > 0 && testShare < 1)) {
    throw new UsageError(`${root}: test share ${testShare}, wanted above 0 and below 1`);
  }
  const groups = await imageFolder(root);
  requireTwo(root, groups);
  const all = photographsOf(root, groups);
  const isTest = new Set<Photograph>();
  for (const [label, { id, names }] of groups.entries()) {
    const members = all.filter((photograph) => photograph.label === label);
    const count = Math.round(testShare * names.length);
    if (count === 0 || count === names.length) {
      throw new UsageError(
        `${root}/${id}: ${names.length} images, of which the test share ${testShare} takes ${count}, ` +
          "wanted at least 1 for testing and 1 for training",
      );
    }
    const order = permutation(randomStream(seed, "split", label), names.length);
    for (const at of order.subarray(0, count)) isTest.add(members[at]!);
  }
  return {
    classes: groups.map(({ label }) => label),
    train: all.filter((photograph) => !isTest.has(photograph)),
    test: all.filter((photograph) => isTest.has(photograph)),
  };
}

function photographsOf(root: string, groups: readonly ImageGroup[], half = ""): Photograph[] {
  return groups.flatMap(({ id, names }, label) =>
    names.map((file) => {
      const name = `${half}${id}/${file}`;
      return { name, file: `${root}/${name}`, label, box: null };
    })
  );
}

function requireTwo(root: string, groups: readonly ImageGroup[]): void {
  if (groups.length > 1) return;
  throw new RunError(`${root}: 1 class "${groups[0]!.id}", wanted at least 2 folders`);
}

function requireSameClasses(
  root: string,
  train: readonly ImageGroup[],
  test: readonly ImageGroup[],
): void {
  const lacking = (of: readonly ImageGroup[], other: readonly ImageGroup[]) =>
    of.find(({ id }) => !other.some((group) => group.id === id))?.id;
  const [onlyTrain, onlyTest] = [lacking(train, test), lacking(test, train)];
  if (onlyTrain !== undefined) {
    throw new RunError(`${root}/test: no class "${onlyTrain}", wanted the classes of train`);
  }
  if (onlyTest !== undefined) {
    throw new RunError(`${root}/train: no class "${onlyTest}", wanted the classes of test`);
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw new RunError(`${path}: cannot be read: ${messageOf(error)}`);
  }
}
