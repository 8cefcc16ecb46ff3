/**
 * Which class of the model each folder of images stands for.
 *
 * @module
 */
import { messageOf, RunError } from "../base/mod.ts";

/** A file that says so, in the folder of the images or beside it. */
const CLASSES_FILE = "classes.json";

const MOST_BYTES = 2 ** 24;

/** The class of each folder, and how it was found. */
export interface InspectedClasses {
  readonly classOf: ReadonlyMap<string, number>;
  readonly how: string;
}

/**
 * From `classes.json` (`{"folder": 3}` or `{"folder": {"imagenet_index": 3}}`), from folders that are
 * whole numbers, or, where there are as many folders as scores, from their alphabetical order, as
 * torchvision's ImageFolder numbers them.
 *
 * @param scores Numbers that the model gives an image.
 * @returns Undefined where nothing says what class a folder is.
 * @throws {RunError} When `classes.json` is broken.
 */
export async function inspectedClasses(
  images: string,
  folders: readonly string[],
  scores: number,
): Promise<InspectedClasses | undefined> {
  const written = await classesFile(images) ?? await classesFile(`${images}/..`);
  const fitting = (found: readonly (number | undefined)[]) =>
    found.every((one) => one !== undefined && one < scores);
  const given = folders.map((folder) => written?.get(folder));
  if (fitting(given)) return named(folders, given, `by ${CLASSES_FILE}`);
  const numbers = folders.map((folder) => /^\d+$/.test(folder) ? Number(folder) : undefined);
  if (fitting(numbers)) return named(folders, numbers, "by the folders' numbers");
  if (folders.length !== scores) return undefined;
  const order = folders.toSorted();
  const places = folders.map((folder) => order.indexOf(folder));
  return named(folders, places, "by the folders' alphabetical order");
}

function named(
  folders: readonly string[],
  classes: readonly (number | undefined)[],
  how: string,
): InspectedClasses {
  return { classOf: new Map(folders.map((folder, at) => [folder, classes[at]!])), how };
}

async function classesFile(folder: string): Promise<Map<string, number> | undefined> {
  const path = `${folder}/${CLASSES_FILE}`;
  let text: string;
  try {
    if ((await Deno.stat(path)).size > MOST_BYTES) {
      throw new RunError(`${path}: more than ${MOST_BYTES} bytes`);
    }
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  return parseClasses(text, path);
}

function parseClasses(text: string, path: string): Map<string, number> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new RunError(`${path}: cannot be read as JSON: ${messageOf(error)}`);
  }
  if (!isRecord(content)) throw new RunError(`${path}: wanted an object of classes by folder`);
  return new Map(
    Object.entries(content).map(([folder, entry]) => {
      const index = isRecord(entry) ? entry["imagenet_index"] : entry;
      if (typeof index === "number" && Number.isSafeInteger(index) && index >= 0) {
        return [folder, index];
      }
      throw new RunError(
        `${path}: "${folder}" is ${JSON.stringify(entry)}, wanted the number of a class or ` +
          '{"imagenet_index": number}',
      );
    }),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
