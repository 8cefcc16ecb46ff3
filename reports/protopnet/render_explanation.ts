/**
 * The explanation of one image as a self-contained HTML page.
 *
 * @module
 */
import type { ExportedModel } from "../../harness/spec/mod.ts";
import { templates, trusted } from "../templates.ts";
import { percent } from "../views/format.ts";
import type { PictureAddress } from "./pictures.ts";
import { sheetView, type ShownSheet } from "./sheets_view.ts";

const SHARED = new URL("../templates/", import.meta.url);
const OWN = new URL("./templates/", import.meta.url);

const render = templates([SHARED, OWN]);

/** What the page tells. */
export interface ExplanationPage {
  readonly model: ExportedModel;
  readonly sheet: ShownSheet;
  /** [K]. */
  readonly logits: readonly number[];
  /** Where it was computed, in words. */
  readonly device: string;
}

/**
 * The page; every text is escaped.
 *
 * @param picture Address of each picture, for instance {@link embedded}.
 */
export function renderExplanation(
  { model, sheet, logits, device }: ExplanationPage,
  picture: PictureAddress,
): string {
  const style = [new URL("style.css", SHARED), new URL("protopnet.css", OWN)]
    .map((url) => Deno.readTextFileSync(url)).join("\n");
  return render("explanation", {
    model,
    device,
    size: model.input.size,
    sheet: sheetView(sheet, "decision", model.title, model.classes, picture),
    scores: scoresView(logits, model.classes),
    style: trusted(style),
  });
}

/** The highest first. */
function scoresView(logits: readonly number[], classes: readonly string[]) {
  const highest = Math.max(...logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - highest), 0);
  return logits
    .map((logit, label) => ({ logit, label }))
    .sort((a, b) => b.logit - a.logit || a.label - b.label)
    .map(({ logit, label }) => ({
      name: classes[label],
      logit: logit.toFixed(3),
      share: percent(Math.exp(logit - highest) / sum),
    }));
}
