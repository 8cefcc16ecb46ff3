/**
 * How series are told apart: the hues of Okabe and Ito (2008), which the colour-blind can distinguish,
 * made darker or lighter by the style sheet until they stand out from the page, each with a marker of
 * its own, so that colour never stands alone.
 *
 * @module
 */

/** Markers of Observable Plot that stay apart at small sizes. */
export type MarkerSymbol =
  | "circle"
  | "square"
  | "triangle"
  | "diamond"
  | "star"
  | "cross"
  | "wye";

/** How a series is drawn. */
export interface SeriesStyle {
  /** A CSS variable of the report's style sheet. */
  readonly colour: string;
  readonly symbol: MarkerSymbol;
  /** Outline instead of a filled marker. */
  readonly hollow: boolean;
  /** SVG stroke-dasharray. */
  readonly dash: string;
}

const SYMBOLS: readonly MarkerSymbol[] = [
  "circle",
  "square",
  "triangle",
  "diamond",
  "star",
  "cross",
  "wye",
];

/** Colours in the style sheet. */
const COLOURS = 7;

/** Dashes of what was not trained. */
const UNTRAINED_DASH = "1.5 4";

/** The style of the n-th series: 49 different ones. */
export function seriesStyle(n: number): SeriesStyle {
  return {
    colour: `var(--series-${n % COLOURS + 1})`,
    symbol: SYMBOLS[(n + Math.floor(n / COLOURS)) % SYMBOLS.length]!,
    hollow: false,
    dash: "none",
  };
}

/** The same for a network with random weights: dotted and hollow. */
export function untrainedStyle(n: number): SeriesStyle {
  return { ...seriesStyle(n), hollow: true, dash: UNTRAINED_DASH };
}

/** What this run measured, where it stands beside the paper. */
export const OWN_STYLE: SeriesStyle = seriesStyle(0);

/** The paper's own curve. */
export const PAPER_STYLE: SeriesStyle = {
  colour: "var(--paper)",
  symbol: "square",
  hollow: true,
  dash: "6 4",
};

/** The twin of a trained network that has random weights. */
export const TWIN_STYLE: SeriesStyle = { ...untrainedStyle(2), symbol: "triangle" };

/** Colour of what is shown only for reference, such as the curve of one group. */
export const FAINT = "var(--faint)";
