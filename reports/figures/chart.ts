/**
 * Charts as SVG text: Observable Plot draws them into a document that exists only in memory. Plot does
 * because scales, ticks and escaping come with it, the same input gives the same text, and colours
 * can be CSS variables of the page, which is how charts follow its light and dark mode.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { DOMParser } from "linkedom";

/** What a chart needs besides its marks. */
export interface Chart {
  /** Short name, read out in place of the picture. */
  readonly title: string;
  /** What is to be seen, with the numbers, for those who do not see the picture. */
  readonly description: string;
  readonly options: Plot.PlotOptions;
}

/** Natural width of a chart in pixels: that of a phone, so that nothing shrinks much there. */
export const CHART_WIDTH = 380;

/** Size of every text in a chart, in pixels. */
const FONT_SIZE = 12;

const SVG = "http://www.w3.org/2000/svg";

/** Renders a chart; the same input gives the same text. */
export function svg({ title, description, options }: Chart): string {
  const { figure, document } = draw(options);
  figure.setAttribute("role", "img");
  // In the namespace of SVG: the text of HTML's own title would be written without escaping.
  const [name, text] = ["title", "desc"].map((tag) =>
    document.createElementNS(SVG, tag, undefined)
  );
  name!.textContent = title;
  text!.textContent = description;
  figure.prepend(name!, text!);
  return figure.outerHTML;
}

/** Renders a picture that only repeats the text beside it, such as the sample of a legend. */
export function ornament(options: Plot.PlotOptions): string {
  const { figure } = draw(options);
  figure.setAttribute("aria-hidden", "true");
  return figure.outerHTML;
}

function draw(options: Plot.PlotOptions) {
  const document = new DOMParser().parseFromString("<!doctype html><html></html>", "text/html");
  const figure = Plot.plot({
    width: CHART_WIDTH,
    style: { fontSize: `${FONT_SIZE}px`, fontFamily: "inherit", background: "none" },
    ...options,
    document,
  });
  // Plot's own class and style sheet would reach beyond the chart.
  figure.removeAttribute("class");
  for (const style of figure.querySelectorAll("style")) style.remove();
  // Its names of marks stand on groups, which have no role that could be named.
  for (const group of figure.querySelectorAll("g[aria-label]")) {
    group.setAttribute("data-mark", group.getAttribute("aria-label"));
    group.removeAttribute("aria-label");
  }
  return { figure, document };
}
