/**
 * The small pictures in legends: the same line, marker and bar that the chart draws.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { ornament } from "./chart.ts";
import type { SeriesStyle } from "./palette.ts";
import { point, seriesMarks } from "./series_marks.ts";

const SIZE = { width: 40, height: 16, margin: 0, axis: null } as const;

const SCALES = { x: { domain: [0, 2] }, y: { domain: [0, 2] } } as const;

/** Line and marker of a series, or its line alone. */
export function seriesSample(style: SeriesStyle, markers = true): string {
  return ornament({
    ...SIZE,
    ...SCALES,
    marks: [
      Plot.lineX([0, 2], {
        x: (x: number) => x,
        y: 1,
        stroke: style.colour,
        strokeWidth: style.width,
        strokeDasharray: style.dash,
      }),
      seriesMarks([point(1, 1)], style, { markers }),
    ],
  });
}
