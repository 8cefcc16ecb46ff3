/**
 * Scoring sheets: why an image is classified as it is (Figure 3 of the paper).
 *
 * @module
 */
import type { ProtopnetResult, SheetResult } from "../../harness/spec/mod.ts";
import { plural } from "../views/format.ts";
import type { PictureAddress } from "./pictures.ts";

/** The section with the sheets; null where there are none. */
export function sheetsView(
  { sheets, models, classes }: ProtopnetResult,
  picture: PictureAddress,
) {
  if (sheets.length === 0) return null;
  return {
    sheets: sheets.map((sheet, at) => {
      const model = models.find(({ id }) => id === sheet.model)!;
      const names = classes[model.data]!;
      return sheetView(sheet, `sheet-${at + 1}`, model.title, names, picture);
    }),
  };
}

/** What a sheet shows; the truth is null where nobody knows it. */
export type ShownSheet =
  & Pick<SheetResult, "image" | "predicted" | "picture">
  & { readonly label: number | null; readonly classes: Readonly<SheetResult["classes"]> };

/** One sheet. */
export function sheetView(
  { image, label, predicted, picture: own, classes }: ShownSheet,
  anchor: string,
  title: string,
  names: readonly string[],
  picture: PictureAddress,
) {
  const isRight = label === predicted;
  return {
    anchor,
    title,
    image,
    picture: picture(own),
    prediction: names[predicted],
    truth: label === null ? null : names[label],
    outcome: label === null ? null : isRight ? "right" : "wrong",
    sign: isRight ? "✓" : "✗",
    style: isRight ? "good" : "bad",
    classes: classes.map((one, at) => ({
      name: names[one.label],
      role: at === 0 ? "the decision" : one.label === label ? "the truth" : "a rival",
      logit: one.logit.toFixed(3),
      rows: one.rows.map(({ unit, similarity, weight, points, pictures }) => ({
        unit,
        similarity: similarity.toFixed(3),
        weight: weight.toFixed(3),
        points: points.toFixed(3),
        image: picture(pictures.image),
        map: picture(pictures.map),
        source: pictures.source === null ? null : picture(pictures.source),
      })),
      rest: [
        together(one.rest, "other prototype", one.others && ` of ${names[one.label]}`),
        ...(one.others ? [together(one.others, "prototype", " of other classes")] : []),
      ].filter(({ units }) => units > 0),
    })),
  };
}

/** Several lines as one. */
function together(
  { units, points }: SheetResult["classes"][number]["rest"],
  noun: string,
  more = "",
) {
  return { units, text: plural(units, noun) + more, points: points.toFixed(3) };
}
