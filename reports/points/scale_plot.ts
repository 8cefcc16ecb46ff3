/**
 * The estimate of one set of points against the scale at which it is made (Denti et al. 2022, Figure 3;
 * Facco et al. 2017, Figure 3).
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { svg } from "../figures/chart.ts";
import { point, seriesMarks, seriesStyle } from "../figures/mod.ts";
import type { PointsReport, ScaleEstimate } from "./points_report.ts";

/** How the series are drawn, in their order: Gride, blocks. */
export const SCALE_STYLES = [seriesStyle(0), seriesStyle(1)] as const;

/** Gride and the block analysis, with bars. */
export function scalePlot({ file, gride, blocks }: PointsReport): string {
  const text = (name: string, series: readonly ScaleEstimate[]) =>
    `${name}: ${
      series.map(({ points, id }) => `${id.toPrecision(3)} at ${Math.round(points)}`).join(", ")
    }`;
  const series = [gride, blocks].map((one) =>
    one.map(({ points, id, error }) => point(points, id, error))
  );
  return svg({
    title: `Estimates of ${file} by scale`,
    description: `${text("Gride", gride)}; ${text("blocks", blocks)}`,
    options: {
      height: 320,
      marginTop: 12,
      marginLeft: 48,
      marginBottom: 42,
      marginRight: 14,
      x: {
        type: "log",
        label: "points",
        tickFormat: "~s",
        ticks: 5,
        inset: 8,
        labelAnchor: "center",
        labelArrow: "none",
      },
      y: {
        label: "estimated ID",
        zero: true,
        nice: true,
        grid: true,
        ticks: 6,
        labelAnchor: "center",
        labelArrow: "none",
      },
      marks: [
        Plot.ruleY([0]),
        series.map((points, at) => seriesMarks(points, SCALE_STYLES[at]!)),
      ],
    },
  });
}
