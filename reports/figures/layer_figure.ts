/**
 * Profiles of one architecture layer by layer, for layers that share a depth: Figure 6B of the paper.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { svg } from "./chart.ts";
import { layerNames, layerNamesHeight, layerScale } from "./layer_axis.ts";
import { MOST_WITH_BARS } from "./overview_figure.ts";
import type { SeriesStyle } from "./palette.ts";
import { type Point, seriesMarks } from "./series_marks.ts";

/** One curve; x is the position of the layer. */
export interface LayerSeries {
  readonly label: string;
  readonly points: readonly Point[];
  readonly style: SeriesStyle;
}

/**
 * All curves in one chart.
 *
 * @param of Whose curves they are.
 * @param names Of the layers, in their order.
 * @param top Upper end of the vertical axis: panels side by side share it.
 */
export function layerFigure(
  of: string,
  names: readonly string[],
  series: readonly LayerSeries[],
  top: number,
): string {
  const isCrowded = series.length > MOST_WITH_BARS;
  return svg({
    title: `Estimated ID layer by layer: ${of}`,
    description: `At ${names.join(", ")}. ${
      series.map(({ label, points }) =>
        `${label}: ${points.map(({ y }) => y.toPrecision(3)).join(", ")}`
      ).join("; ")
    }`,
    options: {
      height: 260 + layerNamesHeight(names),
      marginTop: 12,
      marginLeft: 48,
      marginBottom: layerNamesHeight(names),
      marginRight: 14,
      x: { ...layerScale(names.length), ...layerNames(names) },
      y: {
        label: "estimated ID",
        labelAnchor: "center",
        labelArrow: "none",
        grid: true,
        domain: [0, top],
        nice: true,
        ticks: 6,
      },
      marks: [
        Plot.ruleY([0]),
        series.map(({ points, style }) =>
          seriesMarks(points, style, isCrowded ? { bars: false, size: 0.75 } : {})
        ),
      ],
    },
  });
}
