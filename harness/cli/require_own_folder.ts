/**
 * Which folder a run may write into.
 *
 * @module
 */
import { UsageError } from "../base/mod.ts";

/**
 * Refuses a folder with the result of another experiment or profile: its pictures and networks would
 * stay, under a result that they do not belong to.
 *
 * @throws {UsageError} Naming the folder and both.
 */
export async function requireOwnFolder(
  folder: string,
  experiment: string,
  profile: string,
): Promise<void> {
  const found = await resultIn(folder);
  if (found === undefined || found === `${experiment}, profile ${profile}`) return;
  throw new UsageError(
    `${folder}: found the result of ${found}, wanted a new folder or one of ${experiment}, profile ` +
      `${profile}: name one with --out`,
  );
}

/** Whose result it is; undefined where there is none that can be read. */
async function resultIn(folder: string): Promise<string | undefined> {
  try {
    const { experiment, profile } = JSON.parse(await Deno.readTextFile(`${folder}/result.json`));
    return typeof experiment?.id === "string" ? `${experiment.id}, profile ${profile}` : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
