/**
 * From a result to one self-contained HTML page. No clock, no randomness, no address outside itself.
 *
 * @module
 */
import type { Result } from "../harness/spec/mod.ts";
import { templates, trusted } from "./templates.ts";
import {
  figuresView,
  provenanceView,
  tablesView,
  trainingsView,
  verdictsView,
} from "./views/mod.ts";

const TEMPLATES = new URL("./templates/", import.meta.url);

const render = templates([TEMPLATES]);

/** What the page shows, ready to be written. */
export function reportView(result: Result) {
  return {
    experiment: result.experiment,
    profile: result.profile,
    verdicts: verdictsView(result),
    figures: figuresView(result),
    trainings: trainingsView(result),
    tables: tablesView(result),
    provenance: provenanceView(result),
  };
}

/**
 * The complete page; the same result gives the same bytes. Every text of the result is escaped.
 *
 * @param result A valid result, see `resultSchema`.
 * @param view Of that result, where it is there already.
 */
export function renderReport(result: Result, view = reportView(result)): string {
  const style = Deno.readTextFileSync(new URL("style.css", TEMPLATES));
  return render("report", { ...view, style: trusted(style) });
}
