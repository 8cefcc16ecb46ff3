/**
 * Which trained networks a run left.
 *
 * @module
 */
import { z } from "zod";
import { didYouMean, messageOf, RunError, UsageError } from "../base/mod.ts";
import { MODELS } from "./model_files.ts";

/** What this needs of a result; other parts are not looked at. */
const outline = z.object({
  kind: z.string().optional(),
  experiment: z.object({ id: z.string() }),
  models: z.array(z.object({ id: z.string() })).optional(),
});

/** Whether the folder of a run holds trained networks. */
export async function hasModels(folder: string): Promise<boolean> {
  return (await foldersIn(`${folder}/${MODELS}`)).length > 0;
}

/**
 * Ids of the networks in the folder of a run, in the order of its result.
 *
 * @throws {RunError} When the folder holds no result, one of another kind of experiment, or no network.
 */
export async function modelsOfRun(folder: string): Promise<string[]> {
  const file = `${folder}/result.json`;
  const { kind, experiment, models = [] } = await readOutline(file);
  if (kind !== "protopnet") {
    throw new RunError(
      `${file}: found a result of ${experiment.id}, which trains no ProtoPNet; ` +
        "wanted one of an experiment that does, for instance protopnet-explain",
    );
  }
  const there = new Set(await foldersIn(`${folder}/${MODELS}`));
  const found = models.map(({ id }) => id).filter((id) => there.has(id));
  if (found.length === 0) {
    throw new RunError(
      `${folder}/${MODELS}: found no trained ProtoPNet, wanted at least one; the run had none or is ` +
        "older than this: run its command again",
    );
  }
  return found;
}

/**
 * The network of that id, the first when none is named.
 *
 * @throws {UsageError} When the run has none of that id; names the nearest.
 */
export async function chooseModel(folder: string, id: string | undefined): Promise<string> {
  const known = await modelsOfRun(folder);
  if (id === undefined) return known[0]!;
  if (known.includes(id)) return id;
  throw new UsageError(
    `--model: ${folder} has no trained ProtoPNet "${id}"` +
      (didYouMean(id, known) || `, wanted one of ${known.join(", ")}`),
  );
}

async function readOutline(file: string): Promise<z.infer<typeof outline>> {
  let text: string;
  try {
    text = await Deno.readTextFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      throw new RunError(`${file}: no such file, wanted the folder of a finished run`);
    }
    throw error;
  }
  try {
    return outline.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? "lacks a result's fields" : messageOf(error);
    throw new RunError(`${file}: ${why}, wanted the result of a run`);
  }
}

async function foldersIn(path: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(path))).map(({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
