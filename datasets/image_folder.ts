/**
 * Images in folders, one folder a group.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { decodeImage } from "../harness/images/mod.ts";
import { messageOf, RunError } from "../harness/base/mod.ts";
import type { ImageGroup } from "./dataset.ts";
import { readInput } from "./read_input.ts";

/** Files that count as images, by their names. */
const IMAGE_NAME = /\.(jpe?g|png)$/i;

/** Larger files are refused: no picture that can be decoded needs as much. */
const MOST_FILE_BYTES = 2 ** 29;

/** Files read at the same time. */
const READ_AHEAD = 8;

/** Which folders and how many images of each. */
export interface ImageFolderOptions {
  /** Images a group, file names sorted as text; all of them when absent. */
  readonly samples?: number;
  /** Images of each folder to pass over before the first; none when absent. */
  readonly offset?: number;
  /** Folders to take, or folders with their names for people; all folders when absent. */
  readonly classes?: readonly string[] | ReadonlyMap<string, string>;
}

/**
 * One group for each sub-folder of `root`. Names are sorted by UTF-16 code units: `a_1001.jpg` comes
 * before `a_5.jpg`.
 *
 * @throws {RunError} When a folder is missing, empty, or has fewer images than asked for.
 */
export async function imageFolder(
  root: string,
  { samples, offset = 0, classes }: ImageFolderOptions = {},
): Promise<ImageGroup[]> {
  const wanted: Iterable<string | readonly [string, string]> = classes ??
    await namesIn(root, "folder");
  const labels = new Map(
    Array.from(wanted, (entry) => typeof entry === "string" ? [entry, entry] : entry),
  );
  if (labels.size === 0) throw new RunError(`${root}: no folders with images in it`);
  const groups: ImageGroup[] = [];
  for (const [id, label] of labels) {
    const folder = `${root}/${id}`;
    const names = (await namesIn(folder, "file")).filter((name) => IMAGE_NAME.test(name));
    const least = offset + (samples ?? 1);
    if (names.length < least) {
      throw new RunError(`${folder}: found ${names.length} images, wanted at least ${least}`);
    }
    const end = samples === undefined ? names.length : least;
    groups.push(group(id, label, folder, names.slice(offset, end)));
  }
  return groups;
}

function group(id: string, label: string, folder: string, names: readonly string[]): ImageGroup {
  const content = (name: string) => readInput(`${folder}/${name}`, MOST_FILE_BYTES);
  return {
    id,
    label,
    names,
    async digest() {
      const hash = createHash("sha256");
      for (let at = 0; at < names.length; at += READ_AHEAD) {
        const some = names.slice(at, at + READ_AHEAD);
        for (const [i, bytes] of (await Promise.all(some.map(content))).entries()) {
          hash.update(JSON.stringify([some[i], bytes.length])).update(bytes);
        }
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

/** Names in a folder, sorted; a link counts as what it leads to. */
async function namesIn(folder: string, kind: "file" | "folder"): Promise<string[]> {
  try {
    const names: string[] = [];
    for await (const entry of Deno.readDir(folder)) {
      const { isFile, isDirectory } = entry.isSymlink
        ? await Deno.stat(`${folder}/${entry.name}`)
        : entry;
      if (kind === "file" ? isFile : isDirectory) names.push(entry.name);
    }
    return names.sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      throw new RunError(`${folder}: no such folder`);
    }
    throw new RunError(`${folder}: cannot be read: ${messageOf(error)}`);
  }
}
