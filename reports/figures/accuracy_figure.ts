/**
 * The ID of the last hidden layer against the test error, one point a network: Figure 4 of the paper.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { AccuracyPoint } from "../accuracy_points.ts";
import { svg } from "./chart.ts";
import { seriesStyle } from "./palette.ts";
import { barMarks, point } from "./series_marks.ts";

/** The n-th point has the style of the n-th series. */
export function accuracyFigure(title: string, points: readonly AccuracyPoint[]): string {
  const drawn = points.map(({ error, id, std }, n) => ({
    ...point(error, id, std),
    style: seriesStyle(n),
  }));
  return svg({
    title,
    description: points.map(({ name, error, id }) =>
      `${name}: ID ${id.toPrecision(3)}, error ${error.toPrecision(3)} %`
    ).join("; "),
    options: {
      height: 300,
      marginTop: 12,
      marginLeft: 48,
      marginBottom: 42,
      marginRight: 14,
      x: {
        label: "test error, %",
        labelAnchor: "center",
        labelArrow: "none",
        nice: true,
        inset: 8,
        ticks: 6,
      },
      y: {
        label: "estimated ID, last hidden layer",
        labelAnchor: "center",
        labelArrow: "none",
        grid: true,
        nice: true,
        inset: 8,
        ticks: 6,
      },
      marks: drawn.map((one) => [
        barMarks([one], one.style.colour),
        Plot.dot([one], {
          x: "x",
          y: "y",
          symbol: one.style.symbol,
          r: 4.5,
          fill: one.style.colour,
          stroke: one.style.colour,
        }),
      ]),
    },
  });
}
