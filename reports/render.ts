/**
 * From a result to one self-contained HTML page. No clock, no randomness, no address outside itself.
 *
 * @module
 */
import Handlebars from "handlebars";
import type { Result } from "../harness/spec/mod.ts";
import {
  figuresView,
  provenanceView,
  tablesView,
  trainingsView,
  verdictsView,
} from "./views/mod.ts";

const TEMPLATES = new URL("./templates/", import.meta.url);

const PARTS = [
  "verdicts",
  "checks",
  "legend",
  "layered",
  "moments",
  "linear",
  "accuracy",
  "scale",
  "figures",
  "trainings",
  "tables",
  "claims",
  "provenance",
];

/**
 * The complete page; the same result gives the same bytes. Every text of the result is escaped.
 *
 * @param result A valid result, see `resultSchema`.
 */
export function renderReport(result: Result): string {
  const engine = Handlebars.create();
  for (const name of PARTS) engine.registerPartial(name, read(`${name}.hbs`));
  // The only text that is not escaped: charts and the style sheet, which this folder makes itself.
  engine.registerHelper("svg", (chart: string) => new engine.SafeString(chart));
  const page = engine.compile(read("report.hbs"), { strict: true });
  return page({
    style: new engine.SafeString(read("style.css")),
    experiment: result.experiment,
    profile: result.profile,
    verdicts: verdictsView(result),
    figures: figuresView(result),
    trainings: trainingsView(result),
    tables: tablesView(result),
    provenance: provenanceView(result),
  });
}

function read(name: string): string {
  return Deno.readTextFileSync(new URL(name, TEMPLATES));
}
