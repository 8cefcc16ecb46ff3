/**
 * From a result to one self-contained HTML page. No clock, no randomness, no address outside itself.
 *
 * @module
 */
import Handlebars from "handlebars";
import type { Result } from "../harness/spec/mod.ts";
import { reportView } from "./view.ts";

const TEMPLATES = new URL("./templates/", import.meta.url);

/** The page; the same result gives the same bytes. */
export function renderReport(result: Result): string {
  const engine = Handlebars.create();
  for (const name of ["verdicts", "figures", "tables", "claims", "provenance"]) {
    engine.registerPartial(name, read(`${name}.hbs`));
  }
  const page = engine.compile(read("report.hbs"), { strict: true });
  return page({
    ...reportView(result),
    style: new engine.SafeString(read("style.css")),
  });
}

function read(name: string): string {
  return Deno.readTextFileSync(new URL(name, TEMPLATES));
}
