/**
 * From an inspection to one self-contained HTML page. No clock, no randomness, no address outside
 * itself.
 *
 * @module
 */
import type { InspectionResult } from "../../harness/spec/mod.ts";
import { reportView } from "../render.ts";
import { templates, trusted } from "../templates.ts";
import { papersView } from "./papers_view.ts";

const SHARED = new URL("../templates/", import.meta.url);
const OWN = new URL("./templates/", import.meta.url);

const render = templates([SHARED, OWN]);

/** What the page shows, ready to be written. */
export function inspectionView(result: InspectionResult) {
  const { findings } = result;
  return {
    ...reportView(result),
    findings,
    concerns: findings.filter(({ concern }) => concern).length,
    papers: papersView(result),
  };
}

/**
 * The complete page; the same result gives the same bytes. Every text of the result is escaped.
 *
 * @param result A valid result, see `inspectionSchema`.
 */
export function renderInspection(result: InspectionResult): string {
  const style = [new URL("style.css", SHARED), new URL("inspection.css", OWN)]
    .map((url) => Deno.readTextFileSync(url)).join("\n");
  return render("inspection", { ...inspectionView(result), style: trusted(style) });
}
