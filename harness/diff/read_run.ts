/**
 * What can be compared: a result, the folder of a run, or a baseline.
 *
 * @module
 */
import { messageOf, RunError } from "../base/mod.ts";
import {
  baselineAsMeasured,
  looksLikeBaseline,
  type Measured,
  parseBaseline,
  parseMeasured,
  parseObject,
  readBounded,
} from "../gates/mod.ts";

/**
 * Reads a run.
 *
 * @param path A `result.json`, a folder with one, or a baseline.
 * @throws {RunError} When it is none of these or broken.
 */
export async function readRun(path: string): Promise<Measured> {
  const file = await isFolder(path) ? `${path.replace(/\/+$/, "")}/result.json` : path;
  const text = await readBounded(file);
  if (looksLikeBaseline(parseObject(text, file))) {
    return baselineAsMeasured(parseBaseline(text, file), file);
  }
  return parseMeasured(text, file);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new RunError(`${path}: no such file or folder`);
    }
    throw new RunError(`${path}: cannot be read: ${messageOf(error)}`);
  }
}
