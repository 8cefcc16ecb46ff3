/**
 * A chart as a file of its own: with its legend, the colours of the style sheet in light mode, and
 * a ground of paper.
 *
 * @module
 */
import Handlebars from "handlebars";

/** A line of a legend. */
export interface LegendEntry {
  /** SVG of the sample. */
  readonly sample: string;
  readonly label: string;
}

/** Pixels from one line of the legend to the next. */
const LINE = 20;

/** Where the labels of a legend begin, in pixels. */
const LABELS_AT = 52;

/** Pixels that a character of a label needs. */
const CHARACTER = 7;

/** Room around everything, in pixels. */
const MARGIN = 10;

/** The chart and its legend below it, as an SVG document. */
export function standaloneFigure(chart: string, legend: readonly LegendEntry[]): string {
  const { inner, width, height } = partsOf(chart);
  const widest = Math.max(
    width,
    ...legend.map(({ label }) => LABELS_AT + CHARACTER * label.length),
  );
  const size = [widest + 2 * MARGIN, height + LINE * legend.length + 2 * MARGIN];
  const lines = legend.map(({ sample, label }, at) =>
    `<g transform="translate(${MARGIN},${MARGIN + height + LINE * at})">${partsOf(sample).inner}` +
    `<text x="${LABELS_AT}" y="12" text-anchor="start">${escape(label)}</text></g>`
  );
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size[0]}" height="${size[1]}" ` +
    `viewBox="0 0 ${size.join(" ")}" role="img" text-anchor="middle" fill="currentColor" ` +
    `style="font: 12px sans-serif; ${lightColours()}">`,
    `<g transform="translate(${MARGIN},${MARGIN})">${inner}</g>`,
    ...lines,
    "</svg>\n",
  ].join("\n");
}

/** The chart without its outermost element, as XML, which knows no named space. */
function partsOf(svg: string): { inner: string; width: number; height: number } {
  const [, root, inner] = /^<svg([^>]*)>([\s\S]*)<\/svg>$/.exec(svg)!;
  const [width, height] = ["width", "height"].map((side) =>
    Number(new RegExp(` ${side}="(\\d+)"`).exec(root!)![1])
  ) as [number, number];
  return { inner: inner!.replaceAll("&nbsp;", "&#160;"), width, height };
}

function escape(text: string): string {
  return Handlebars.escapeExpression(text);
}

let colours: string | undefined;

/** The variables of the style sheet in light mode, and what they colour. */
function lightColours(): string {
  return colours ??= readColours();
}

function readColours(): string {
  const css = Deno.readTextFileSync(new URL("../templates/style.css", import.meta.url));
  const [, block] = /:root \{([^}]*)\}/.exec(css)!;
  const variables = [...block!.matchAll(/--[a-z0-9-]+: #[0-9a-f]{6};/g)].map(([one]) => one);
  return `${variables.join(" ")} color: var(--ink); background: var(--page)`;
}
