/**
 * Writes the JSON Schemas of experiments and results, for editors and for other programs.
 *
 * @module
 */
import { z } from "zod";
import { exportedModelSchema } from "./exported_model.ts";
import { anyExperimentSchema } from "./load.ts";
import { protopnetResultSchema } from "./protopnet_result.ts";
import { inspectionSchema } from "./inspection.ts";
import { resultSchema } from "./result.ts";

/** The schema files, by path below the repository. */
export function schemaFiles(): Record<string, string> {
  const text = (schema: z.ZodType, io: "input" | "output") =>
    JSON.stringify(z.toJSONSchema(schema, { io }), null, 2) + "\n";
  return {
    "experiments/experiment.schema.json": text(anyExperimentSchema, "input"),
    "experiments/result.schema.json": text(resultSchema, "output"),
    "experiments/inspection.schema.json": text(inspectionSchema, "output"),
    "experiments/protopnet_result.schema.json": text(protopnetResultSchema, "output"),
    "experiments/exported_model.schema.json": text(exportedModelSchema, "output"),
  };
}

if (import.meta.main) {
  for (const [path, text] of Object.entries(schemaFiles())) {
    await Deno.writeTextFile(new URL(`../../${path}`, import.meta.url), text);
  }
}
