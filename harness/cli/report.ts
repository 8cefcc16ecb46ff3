/**
 * `report`: write the report of a result again.
 *
 * @module
 */
import { renderInspection } from "../../reports/inspection/mod.ts";
import { embedded, renderProtopnetReport } from "../../reports/protopnet/mod.ts";
import { renderReport } from "../../reports/mod.ts";
import { RunError, UsageError, writeAtomically } from "../base/mod.ts";
import { inspectionSchema, parseJson, protopnetResultSchema, resultSchema } from "../spec/mod.ts";
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

/** The page of a result of any kind. */
function render(text: string, file: string): string {
  const { kind, findings } = outlineOf(text);
  if (kind === "protopnet") {
    const pictures = `${file.replace(/[^/\\]*$/, "") || "."}/pictures`;
    return renderProtopnetReport(
      parseJson(protopnetResultSchema, text, file),
      embedded((digest) => readPicture(`${pictures}/${digest}.png`)),
    );
  }
  return findings === undefined
    ? renderReport(parseJson(resultSchema, text, file))
    : renderInspection(parseJson(inspectionSchema, text, file));
}

/** What tells the kinds of results apart: only inspections have findings. Bad JSON tells nothing. */
function outlineOf(text: string): { kind?: unknown; findings?: unknown } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** @throws {RunError} When the picture is missing. */
function readPicture(path: string): Uint8Array {
  try {
    return Deno.readFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new RunError(`${path}: no such picture`);
    throw error;
  }
}
