/**
 * One series: error bars, a line and markers.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { SeriesStyle } from "./palette.ts";

/** One point of a series. */
export interface Point {
  readonly x: number;
  readonly y: number;
  /** Ends of the error bar; both equal to y for none. */
  readonly low: number;
  readonly high: number;
}

/** What a series may leave out or move. */
export interface SeriesOptions {
  readonly bars?: boolean;
  readonly line?: boolean;
  readonly markers?: boolean;
  /** Shift to the right in pixels, so that bars at the same place do not cover each other. */
  readonly dx?: number;
  /** Of lines and markers, relative to the usual. */
  readonly size?: number;
}

/** The marks of a series, those below first. */
export function seriesMarks(
  points: readonly Point[],
  style: SeriesStyle,
  { bars = true, line = true, markers = true, dx = 0, size = 1 }: SeriesOptions = {},
): Plot.Markish[] {
  const stroke = style.colour;
  return [
    bars ? barMarks(points, stroke, dx) : [],
    line
      ? Plot.lineY(points, {
        x: "x",
        y: "y",
        stroke,
        strokeWidth: style.width * size,
        strokeDasharray: style.dash,
        dx,
      })
      : [],
    markers
      ? Plot.dot(points, {
        x: "x",
        y: "y",
        symbol: style.symbol,
        r: 4 * size,
        fill: style.hollow ? "var(--page)" : stroke,
        stroke,
        strokeWidth: 1.5 * size,
        dx,
      })
      : [],
  ];
}

/** A point with the same error to both sides. */
export function point(x: number, y: number, error = 0): Point {
  return { x, y, low: y - error, high: y + error };
}

/** A band from end to end of the error bars. */
export function bandMark(points: readonly Point[], fill: string): Plot.Markish {
  return Plot.areaY(points, { x: "x", y1: "low", y2: "high", fill, fillOpacity: 0.15 });
}

/** Bars with caps. */
export function barMarks(points: readonly Point[], stroke: string, dx = 0): Plot.Markish[] {
  const ends = points.filter(({ low, high }) => low < high);
  const cap = { stroke, strokeWidth: 1.3, r: 3, rotate: 0, symbol: CAP };
  return [
    Plot.ruleX(ends, { x: "x", y1: "low", y2: "high", stroke, strokeWidth: 1.3, dx }),
    Plot.dot(ends, { x: "x", y: "low", dx, ...cap }),
    Plot.dot(ends, { x: "x", y: "high", dx, ...cap }),
  ];
}

/** A horizontal stroke of the length that a circle of the same area is wide. */
const CAP = {
  draw(
    context: { moveTo(x: number, y: number): void; lineTo(x: number, y: number): void },
    size: number,
  ) {
    const half = Math.sqrt(size / Math.PI);
    context.moveTo(-half, 0);
    context.lineTo(half, 0);
  },
};
