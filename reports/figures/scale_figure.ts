/**
 * Estimated ID against the number of points: Figure 2B of the paper.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { ScaleSeries } from "../scale_series.ts";
import { svg } from "./chart.ts";
import { seriesStyle } from "./palette.ts";
import { bandMark, point, seriesMarks } from "./series_marks.ts";
import { shortenMiddle } from "./shorten.ts";
import { spreadLabels } from "./spread_labels.ts";

const HEIGHT = 320;
const MARGINS = { marginTop: 12, marginBottom: 42, marginLeft: 48, marginRight: 74 };

/** Pixels between the middles of labels. */
const LABEL_GAP = 13;

/** Longest label, in characters. */
const LONGEST_LABEL = 9;

/** What charts side by side share. */
export interface ScaleRange {
  /** Upper end of the vertical axis. */
  readonly top: number;
  /** Ends of the horizontal axis. */
  readonly fewest: number;
  readonly most: number;
}

/** The range that shows all of the series. */
export function scaleRange(series: readonly ScaleSeries[]): ScaleRange {
  const points = series.flatMap((one) => one.points);
  const sizes = points.map((at) => at.points);
  return {
    top: 1.05 * Math.max(1, ...points.map(({ id, std }) => id + std)),
    fewest: Math.min(...sizes),
    most: Math.max(...sizes),
  };
}

/**
 * One line a layer, named at its end, with a band of one standard deviation.
 *
 * @param axis What the horizontal axis counts.
 */
export function scaleFigure(
  title: string,
  axis: string,
  series: readonly ScaleSeries[],
  { top, fewest, most }: ScaleRange,
): string {
  const perPixel = top / (HEIGHT - MARGINS.marginTop - MARGINS.marginBottom);
  const drawn = series.map(({ layer, points }, n) => ({
    layer,
    style: seriesStyle(n),
    points: points.map(({ points: x, id, std }) => point(x, id, std)),
  })).filter(({ points }) => points.length > 0);
  const ends = drawn.map(({ points }) => points.reduce((a, b) => b.x > a.x ? b : a).y);
  const places = spreadLabels(ends, LABEL_GAP * perPixel, top);
  const ticks = [20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000].filter((tick) =>
    tick >= fewest && tick <= most
  );
  return svg({
    title,
    description: drawn.map(({ layer, points }) =>
      `${layer}: ${points.map(({ x, y }) => `${y.toPrecision(3)} at ${Math.round(x)}`).join(", ")}`
    ).join("; "),
    options: {
      ...MARGINS,
      height: HEIGHT,
      x: {
        type: "log",
        domain: [fewest, most],
        ticks,
        tickFormat: "d",
        inset: 6,
        label: axis,
        labelAnchor: "center",
        labelArrow: "none",
      },
      y: {
        domain: [0, top],
        ticks: 6,
        grid: true,
        label: "estimated ID",
        labelAnchor: "center",
        labelArrow: "none",
      },
      marks: [
        Plot.ruleY([0]),
        drawn.map(({ points, style }) => bandMark(points, style.colour)),
        drawn.map(({ points, style }) => seriesMarks(points, style, { bars: false, size: 0.6 })),
        drawn.map(({ layer, style }, n) =>
          Plot.text([shortenMiddle(layer, LONGEST_LABEL)], {
            x: most,
            y: places[n]!,
            dx: 12,
            textAnchor: "start",
            fill: style.colour,
          })
        ),
      ],
    },
  });
}
