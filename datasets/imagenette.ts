/**
 * Imagenette: photographs of a few ImageNet classes (fast.ai), as `fetch imagenet` lays them out.
 *
 * @module
 */
import { z } from "zod";
import { didYouMean, messageOf, RunError } from "../harness/base/mod.ts";
import type { ImageGroup } from "./dataset.ts";
import { imageFolder } from "./image_folder.ts";
import { mixedGroup } from "./mixed_group.ts";
import { readInput } from "./read_input.ts";

/** A list of 1000 classes is a hundredth of this. */
const MOST_LIST_BYTES = 2 ** 24;

const classesSchema = z.record(
  z.string().regex(/^n\d{8}$/),
  z.looseObject({ name: z.string(), imagenet_index: z.int() }),
);

/** Which part of Imagenette. */
export interface ImagenetteOptions {
  readonly split: "train" | "val";
  /** WordNet ids; all classes when absent. */
  readonly classes?: readonly string[];
  /** Images a group. */
  readonly samples: number;
  /** One group a class, or one with equally many images of each, give or take one. */
  readonly by?: "class" | "all";
}

/**
 * One group a class, in the order of the WordNet ids, or one of all classes.
 *
 * @param dataRoot Folder that holds `data/imagenette`.
 * @throws {RunError} When files are missing; says which command brings them.
 */
export async function imagenette(
  dataRoot: string,
  { split, classes, samples, by = "class" }: ImagenetteOptions,
): Promise<ImageGroup[]> {
  const root = `${dataRoot}/data/imagenette`;
  const known = await readClasses(`${root}/classes.json`);
  const wanted = classes ?? [...known.keys()];
  const chosen = new Map(wanted.map((id) => {
    const name = known.get(id);
    if (name === undefined) {
      throw new RunError(`${root}/classes.json: no class "${id}"${didYouMean(id, known.keys())}`);
    }
    return [id, name];
  }));
  const each = by === "class" ? samples : Math.ceil(samples / chosen.size);
  const groups = await imageFolder(`${root}/${split}`, { classes: chosen, samples: each });
  return by === "class" ? groups : [mixedGroup(groups, samples)];
}

async function readClasses(file: string): Promise<Map<string, string>> {
  const absent =
    'no such file; "deno task fetch imagenet" brings it, or name a folder that has it with ' +
    "--data-root";
  const text = new TextDecoder().decode(await readInput(file, MOST_LIST_BYTES, absent));
  try {
    const classes = classesSchema.parse(JSON.parse(text));
    return new Map(Object.keys(classes).sort().map((id) => [id, classes[id]!.name]));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new RunError(`${file}: not a list of classes: ${why}`);
  }
}
