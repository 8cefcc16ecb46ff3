/**
 * Images in folders, one folder a group.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { decodeImage } from "../harness/images/mod.ts";
import { RunError } from "../harness/base/mod.ts";
import type { ImageGroup } from "./dataset.ts";

/** Files that count as images, by their names. */
const IMAGE_NAME = /\.(jpe?g|png)$/i;

/** Which folders and how many images of each. */
export interface ImageFolderOptions {
  /** Images a group: the first ones, file names sorted as text. */
  readonly samples: number;
  /** Folders to take, with names for people; all folders when absent. */
  readonly classes?: ReadonlyMap<string, string>;
}

/**
 * One group for each sub-folder of `root`.
 *
 * @throws {RunError} When a folder is missing, empty, or has fewer images than asked for.
 */
export async function imageFolder(
  root: string,
  { samples, classes }: ImageFolderOptions,
): Promise<ImageGroup[]> {
  const found = (await entries(root)).filter(({ isDirectory }) => isDirectory)
    .map(({ name }) => name).sort();
  const wanted = classes ?? new Map(found.map((name) => [name, name]));
  if (wanted.size === 0) throw new RunError(`${root}: no folders with images in it`);
  const groups: ImageGroup[] = [];
  for (const [id, label] of wanted) {
    const folder = `${root}/${id}`;
    const names = (await entries(folder)).map(({ name }) => name)
      .filter((name) => IMAGE_NAME.test(name)).sort();
    if (names.length < samples) {
      throw new RunError(`${folder}: found ${names.length} images, wanted at least ${samples}`);
    }
    groups.push(group(id, label, folder, names.slice(0, samples)));
  }
  return groups;
}

function group(id: string, label: string, folder: string, names: readonly string[]): ImageGroup {
  const file = (name: string) => `${folder}/${name}`;
  return {
    id,
    label,
    names,
    async digest() {
      const hash = createHash("sha256");
      for (const name of names) {
        const bytes = await readFile(file(name));
        hash.update(JSON.stringify([name, bytes.length])).update(bytes);
      }
      return hash.digest("hex");
    },
    async read(index) {
      const path = file(names[index]!);
      return await decodeImage(await readFile(path), path);
    },
  };
}

async function entries(folder: string): Promise<Deno.DirEntry[]> {
  try {
    return await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      throw new RunError(`${folder}: no such folder`);
    }
    throw error;
  }
}

async function readFile(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new RunError(`${path}: no such file`);
    throw error;
  }
}
