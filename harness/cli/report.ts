/**
 * `report`: write the report of a result again.
 *
 * @module
 */
import { renderInspection } from "../../reports/inspection/mod.ts";
import { renderReport } from "../../reports/mod.ts";
import { RunError, UsageError, writeAtomically } from "../base/mod.ts";
import { inspectionSchema, parseJson, resultSchema } from "../spec/mod.ts";
import type { Options } from "./options.ts";
import { print } from "./print.ts";

/** Writes `report.html` beside the result, or into `--out`. */
export async function report({ words, out, json }: Options): Promise<number> {
  const [, file, ...rest] = words;
  if (file === undefined || rest.length > 0) {
    throw new UsageError("report: wanted one result.json");
  }
  let text: string;
  try {
    text = await Deno.readTextFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new RunError(`${file}: no such file`);
    throw error;
  }
  const folder = out ?? file.replace(/[^/\\]*$/, "");
  const path = `${folder || "."}/report.html`.replace("//", "/");
  await writeAtomically(path, new TextEncoder().encode(render(text, file)));
  print(json, { report: path }, () => `report: ${path}`);
  return 0;
}

/** Only inspections have findings. */
function render(text: string, file: string): string {
  return /^ {2}"findings": /m.test(text)
    ? renderInspection(parseJson(inspectionSchema, text, file))
    : renderReport(parseJson(resultSchema, text, file));
}
