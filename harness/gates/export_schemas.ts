/**
 * Writes the JSON Schemas of baselines and of written rules, for editors and for other programs.
 *
 * @module
 */
import { z } from "zod";
import { baselineSchema } from "./baseline.ts";
import { writtenRulesSchema } from "./written_rules.ts";

/** The schema files, by path below the repository. */
export function gateSchemaFiles(): Record<string, string> {
  const text = (schema: z.ZodType) => JSON.stringify(z.toJSONSchema(schema), null, 2) + "\n";
  return {
    "reports/baselines/baseline.schema.json": text(baselineSchema),
    "reports/baselines/rules.schema.json": text(writtenRulesSchema),
  };
}

if (import.meta.main) {
  for (const [path, text] of Object.entries(gateSchemaFiles())) {
    await Deno.writeTextFile(new URL(`../../${path}`, import.meta.url), text);
  }
}
