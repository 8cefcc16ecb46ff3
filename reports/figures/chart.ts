/**
 * Charts as SVG text: Observable Plot draws them into a document that exists only in memory.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { DOMParser } from "linkedom";

/** What a chart needs besides its marks. */
export interface Chart {
  /** Short name, read out in place of the picture. */
  readonly title: string;
  /** One sentence that says what is to be seen. */
  readonly description: string;
  readonly options: Plot.PlotOptions;
}

/** Font size of axis labels, in pixels; text width is estimated, so margins are given by hand. */
export const FONT_SIZE = 12;

/** Renders a chart; the same input gives the same text. */
export function svg({ title, description, options }: Chart): string {
  const document = new DOMParser().parseFromString("<!doctype html><html></html>", "text/html");
  const figure = Plot.plot({
    style: { fontSize: `${FONT_SIZE}px`, fontFamily: "inherit", background: "none" },
    ...options,
    document,
  });
  figure.setAttribute("role", "img");
  figure.removeAttribute("class");
  for (const style of figure.querySelectorAll("style")) style.remove();
  const name = document.createElement("title", undefined);
  name.textContent = title;
  const text = document.createElement("desc", undefined);
  text.textContent = description;
  figure.prepend(name, text);
  return figure.outerHTML;
}
