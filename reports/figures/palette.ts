/**
 * Colours that the colour-blind can tell apart (Okabe and Ito 2008, darker or lighter by theme), each
 * with a marker and a dash of its own, so that colour never stands alone.
 *
 * @module
 */

/** How a series is drawn. */
export interface SeriesStyle {
  /** A CSS variable of the report's style sheet. */
  readonly colour: string;
  readonly symbol: "circle" | "square" | "triangle" | "diamond" | "star" | "cross" | "wye";
}

const SYMBOLS: readonly SeriesStyle["symbol"][] = [
  "circle",
  "square",
  "triangle",
  "diamond",
  "star",
  "cross",
  "wye",
];

/** Number of colours in the style sheet. */
const COLOURS = 7;

/** The style of the n-th series; after 49 it repeats. */
export function seriesStyle(n: number): SeriesStyle {
  return {
    colour: `var(--series-${n % COLOURS + 1})`,
    symbol: SYMBOLS[(n + Math.floor(n / COLOURS)) % SYMBOLS.length]!,
  };
}

/** Colour of the paper's own curves. */
export const PAPER_COLOUR = "var(--paper)";

/** Colour of what is shown only for reference. */
export const FAINT = "var(--faint)";
