/**
 * Writes the JSON Schemas of experiments and results, for editors and for other programs.
 *
 * @module
 */
import { z } from "zod";
import { experimentSchema } from "./experiment.ts";
import { resultSchema } from "./result.ts";

/** The schema files, by path below the repository. */
export function schemaFiles(): Record<string, string> {
  const text = (schema: z.ZodType, io: "input" | "output") =>
    JSON.stringify(z.toJSONSchema(schema, { io }), null, 2) + "\n";
  return {
    "experiments/experiment.schema.json": text(experimentSchema, "input"),
    "experiments/result.schema.json": text(resultSchema, "output"),
  };
}

if (import.meta.main) {
  for (const [path, text] of Object.entries(schemaFiles())) {
    await Deno.writeTextFile(new URL(`../../${path}`, import.meta.url), text);
  }
}
