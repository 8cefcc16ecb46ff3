/**
 * How series are told apart: the hues of Okabe and Ito (2008), which the colour-blind can distinguish,
 * made darker or lighter by the style sheet until they stand out from the page, each with a marker of
 * its own, so that colour never stands alone.
 *
 * @module
 */
import type { WeightsOrigin } from "../weights_origin.ts";

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
  /** Of the line, in pixels. */
  readonly width: number;
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

/** Colours in the style sheet for the moments of a training. */
export const MOMENT_COLOURS = 6;

/** The style of the n-th series: 49 different ones. */
export function seriesStyle(n: number): SeriesStyle {
  return {
    colour: `var(--series-${n % COLOURS + 1})`,
    symbol: SYMBOLS[(n + Math.floor(n / COLOURS)) % SYMBOLS.length]!,
    hollow: false,
    dash: "none",
    width: 2,
  };
}

/** The same for another origin of the weights: random ones are hollow, thin and dashed. */
export function originStyle(n: number, origin: WeightsOrigin): SeriesStyle {
  switch (origin) {
    case "trained":
      return seriesStyle(n);
    case "untrained":
      return { ...seriesStyle(n), hollow: true, dash: "5 3", width: 1.3 };
    case "calibrated":
      return { ...seriesStyle(n), hollow: true, dash: "1.5 4", width: 1.6 };
  }
}

/** The style of the n-th of so many moments of a training: a sequence of colours, early to late. */
export function momentStyle(n: number, moments: number): SeriesStyle {
  const place = moments > 1 ? Math.round(n * (MOMENT_COLOURS - 1) / (moments - 1)) : 0;
  return { ...seriesStyle(0), colour: `var(--moment-${place + 1})`, symbol: SYMBOLS[n % 7]! };
}

/** What this run measured, where it stands beside the paper. */
export const OWN_STYLE: SeriesStyle = seriesStyle(0);

/** The paper's own curve. */
export const PAPER_STYLE: SeriesStyle = {
  colour: "var(--paper)",
  symbol: "square",
  hollow: true,
  dash: "6 4",
  width: 2,
};

/** The twins of a trained network that have random weights. */
export const TWIN_STYLES: Readonly<Record<Exclude<WeightsOrigin, "trained">, SeriesStyle>> = {
  untrained: originStyle(2, "untrained"),
  calibrated: originStyle(3, "calibrated"),
};

/** Colour of what is shown only for reference, such as the curve of one group. */
export const FAINT = "var(--faint)";
