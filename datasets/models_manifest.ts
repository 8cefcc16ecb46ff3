/**
 * `models/models.json` of a data root: the trained networks that are there.
 *
 * @module
 */
import { isAbsolute, normalize } from "node:path";
import { z } from "zod";
import { messageOf, RunError, sha256 } from "../harness/base/mod.ts";
import { readIfThere, readInput } from "./read_input.ts";

/** A list of thousands of networks is smaller than this. */
const MOST_LIST_BYTES = 2 ** 24;

const size = z.int().positive();

/** The file is not only ours, so unknown keys are let through; what is used is checked. */
const modelSchema = z.looseObject({
  id: z.string(),
  architecture: z.string(),
  file: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: size,
  parameters: size,
  licence: z.string(),
  notes: z.string().optional(),
  input: z.looseObject({
    name: z.string(),
    shape: z.array(z.union([z.string(), size])).length(4),
    colour_order: z.enum(["RGB", "BGR"]).default("RGB"),
    mean: z.array(z.number()).min(1),
    std: z.array(z.number().positive()).min(1),
  }).refine(
    ({ shape: [, channels], mean, std }) =>
      mean.length === std.length && (typeof channels === "string" || mean.length === channels),
    "mean and std need one number for each channel of the shape",
  ),
  output: z.looseObject({ name: z.string() }),
  checkpoints: z.array(z.looseObject({
    name: z.string(),
    tensor: z.string(),
    depth: z.int().nonnegative(),
  })).default([]).describe("Empty: found by rule"),
});

const manifestSchema = z.looseObject({ models: z.array(modelSchema) });

/** A network's entry, with the path of its file. */
export type ModelEntry = z.infer<typeof modelSchema> & { readonly path: string };

/**
 * The networks of a data root; none when it has no `models/models.json`.
 *
 * @throws {RunError} When the file is wrong, an id is there twice or a path leaves the folder.
 */
export async function readModels(dataRoot: string): Promise<ModelEntry[]> {
  const file = `${dataRoot}/models/models.json`;
  const bytes = await readIfThere(file, MOST_LIST_BYTES);
  if (!bytes) return [];
  let models: z.infer<typeof manifestSchema>["models"];
  try {
    models = manifestSchema.parse(JSON.parse(new TextDecoder().decode(bytes))).models;
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new RunError(`${file}: not a list of networks: ${why}`);
  }
  return models.map((model, at) => {
    if (models.findIndex(({ id }) => id === model.id) < at) {
      throw new RunError(`${file}: models[${at}].id: "${model.id}" is there twice`);
    }
    const local = normalize(model.file);
    if (isAbsolute(local) || local.startsWith("..") || local.includes("\\")) {
      throw new RunError(`${file}: models[${at}].file: "${model.file}" leaves the folder`);
    }
    return { ...model, path: `${dataRoot}/models/${local}` };
  });
}

/**
 * The bytes of a network, checked against its entry.
 *
 * @throws {RunError} When the file is missing or another one.
 */
export async function readModelFile(entry: ModelEntry): Promise<Uint8Array> {
  const bytes = await readInput(entry.path, entry.bytes);
  if (bytes.length !== entry.bytes) {
    throw new RunError(
      `${entry.path}: ${bytes.length} bytes, wanted ${entry.bytes} by models.json`,
    );
  }
  const found = sha256(bytes);
  if (found !== entry.sha256) {
    throw new RunError(`${entry.path}: SHA-256 ${found}, wanted ${entry.sha256} by models.json`);
  }
  return bytes;
}
