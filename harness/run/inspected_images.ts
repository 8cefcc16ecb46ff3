/**
 * Anybody's folder of images as groups of one size.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { ImageGroup } from "../../datasets/mod.ts";
import { readInput } from "../../datasets/read_input.ts";
import { messageOf, randomStream, RunError, sampleWithoutReplacement } from "../base/mod.ts";
import { decodeImage } from "../images/mod.ts";

/** Files that count as images, by their names. */
const IMAGE_NAME = /\.(jpe?g|png)$/i;

const MOST_FILE_BYTES = 2 ** 29;

/** More files than these are not listed. */
const MOST_FILES = 5_000_000;

/** Images a group that an estimate needs at least. */
const FEWEST = 30;

/** Images a group when nobody says how many: as many as the paper takes of mixed classes. */
const DEFAULT_SAMPLES = 2000;

/** Which images, and what makes a group of them. */
export interface InspectedImages {
  readonly folder: string;
  /** A group for each folder directly in it; without labels all images are one group. */
  readonly labels: "folders" | undefined;
  /** Images a group, drawn at random; when absent as many as the smallest group has, at most 2000. */
  readonly samples: number | undefined;
  /** The number of images a group is a multiple of this. */
  readonly multiple: number;
  readonly seed: number;
}

/**
 * Groups of the images in a folder and its sub-folders.
 *
 * @throws {RunError} When the folder is missing or cannot be read, or when it or a sub-folder has too
 * few images.
 */
export async function inspectedImages(
  { folder, labels, samples, multiple, seed }: InspectedImages,
): Promise<ImageGroup[]> {
  const names = await imagesIn(folder);
  const least = Math.ceil(Math.max(FEWEST, samples ?? 0) / multiple) * multiple;
  const groups = labels === "folders" ? byFolder(names, folder) : new Map([["images", names]]);
  for (const [id, members] of groups) {
    if (members.length >= least) continue;
    const where = labels === "folders" ? `${folder}/${id}` : folder;
    throw new RunError(
      `${where}: found ${members.length} images (.jpg, .jpeg, .png), wanted at least ${least}`,
    );
  }
  const smallest = Math.min(...[...groups.values()].map(({ length }) => length));
  const wanted = samples ?? Math.min(DEFAULT_SAMPLES, smallest);
  const size = Math.max(least, Math.floor(wanted / multiple) * multiple);
  return [...groups].map(([id, members]) => {
    const chosen = sampleWithoutReplacement(
      randomStream(seed, "inspected images", id),
      members.length,
      size,
    );
    return groupOf(folder, id, Array.from(chosen, (at) => members[at]!));
  });
}

function byFolder(names: readonly string[], folder: string): Map<string, string[]> {
  const inFolders = names.filter((name) => name.includes("/"));
  if (inFolders.length === 0) {
    throw new RunError(`${folder}: no folders with images in it, wanted one a label`);
  }
  return Map.groupBy(inFolders, (name) => name.slice(0, name.indexOf("/")));
}

function groupOf(folder: string, id: string, names: readonly string[]): ImageGroup {
  const content = (name: string) => readInput(`${folder}/${name}`, MOST_FILE_BYTES);
  return {
    id,
    label: id === "images" ? "all images" : id,
    names,
    async digest() {
      const hash = createHash("sha256");
      for (const name of names) {
        const bytes = await content(name);
        hash.update(JSON.stringify([name, bytes.length])).update(bytes);
      }
      return hash.digest("hex");
    },
    async read(index) {
      const name = names[index];
      if (name === undefined) {
        throw new RangeError(`Cannot read image ${index} of ${names.length} in ${folder}`);
      }
      return await decodeImage(await content(name), `${folder}/${name}`);
    },
  };
}

/** Paths of the images below a folder, sorted; links to folders are not followed. */
async function imagesIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  const open = [""];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const path = at === "" ? folder : `${folder}/${at}`;
    try {
      for await (const { name, isDirectory } of Deno.readDir(path)) {
        const inner = at === "" ? name : `${at}/${name}`;
        if (isDirectory) open.push(inner);
        else if (IMAGE_NAME.test(name)) found.push(inner);
        if (found.length > MOST_FILES) {
          throw new RunError(`${folder}: more than ${MOST_FILES} images, wanted fewer`);
        }
      }
    } catch (error) {
      if (error instanceof RunError) throw error;
      if (error instanceof Deno.errors.NotFound) throw new RunError(`${path}: no such folder`);
      throw new RunError(`${path}: cannot be read as a folder: ${messageOf(error)}`);
    }
  }
  return found.sort();
}
