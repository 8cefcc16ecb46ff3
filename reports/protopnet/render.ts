/**
 * From a result of a ProtoPNet experiment to one self-contained HTML page. No clock, no randomness, no
 * address outside itself.
 *
 * @module
 */
import type { ProtopnetResult } from "../../harness/spec/mod.ts";
import { templates, trusted } from "../templates.ts";
import { provenanceView, verdictsView } from "../views/mod.ts";
import { accuracyView } from "./accuracy_view.ts";
import { metricsView } from "./metrics_view.ts";
import type { PictureAddress } from "./pictures.ts";
import { prototypesView } from "./prototypes_view.ts";
import { sheetsView } from "./sheets_view.ts";
import { trainingView } from "./training_view.ts";
import { protopnetWarnings } from "./warnings.ts";

const SHARED = new URL("../templates/", import.meta.url);
const OWN = new URL("./templates/", import.meta.url);

const render = templates([SHARED, OWN]);

/** What the page shows, ready to be written. */
export function protopnetView(result: ProtopnetResult, picture: PictureAddress) {
  const verdicts = verdictsView(result);
  return {
    experiment: result.experiment,
    profile: result.profile,
    verdicts: { ...verdicts, warnings: [...verdicts.warnings, ...protopnetWarnings(result)] },
    accuracy: accuracyView(result),
    sheets: sheetsView(result, picture),
    metrics: metricsView(result),
    prototypes: prototypesView(result, picture),
    trainings: trainingView(result),
    provenance: provenanceView(result),
  };
}

/**
 * The complete page; the same result and pictures give the same bytes. Every text is escaped.
 *
 * @param result A valid result, see `protopnetResultSchema`.
 * @param picture Address of each picture, for instance {@link embedded}.
 */
export function renderProtopnetReport(result: ProtopnetResult, picture: PictureAddress): string {
  const style = [new URL("style.css", SHARED), new URL("protopnet.css", OWN)]
    .map((url) => Deno.readTextFileSync(url)).join("\n");
  return render("protopnet", { ...protopnetView(result, picture), style: trusted(style) });
}
