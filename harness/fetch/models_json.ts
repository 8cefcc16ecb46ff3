/**
 * Adding networks to a data root's `models.json` without touching what else is in it.
 *
 * @module
 */
import { z } from "zod";
import { readModels } from "../../datasets/mod.ts";
import { writeAtomically } from "../base/mod.ts";

/** What a new list says about its networks. */
const CONTRACT =
  "Every network reads float32 images, (pixel/255 - mean)/std with the mean and std of its entry, its " +
  "channels in the entry's colour order. A number as the first size of input.shape is the only batch " +
  "size that the file declares.";

const listSchema = z.looseObject({ models: z.array(z.looseObject({ id: z.string() })) });

/**
 * Puts an entry in the place of the one with the same id, or at the end.
 *
 * @throws {RunError} When the list that is there is broken.
 */
export async function putModel(dataRoot: string, entry: { readonly id: string }): Promise<void> {
  const file = `${dataRoot}/models/models.json`;
  const list = await readList(dataRoot, file);
  const at = list.models.findIndex(({ id }) => id === entry.id);
  const models = at < 0 ? [...list.models, entry] : list.models.with(at, { ...entry });
  const text = `${JSON.stringify({ ...list, models }, null, 1)}\n`;
  await writeAtomically(file, new TextEncoder().encode(text));
}

async function readList(dataRoot: string, file: string): Promise<z.infer<typeof listSchema>> {
  // A list that the program could not read must not be written over.
  await readModels(dataRoot);
  try {
    return listSchema.parse(JSON.parse(await Deno.readTextFile(file)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { contract: CONTRACT, models: [] };
    throw error;
  }
}
