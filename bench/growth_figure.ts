/**
 * Processor time of `estimate` against the number of points, as a file of its own.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import { svg } from "../reports/figures/chart.ts";
import { seriesSample, seriesStyle, standaloneFigure } from "../reports/figures/mod.ts";
import type { Growth } from "./growth.ts";

/** Measured sizes as a line, the extrapolated one beyond it, dashed. */
export function growthFigure({ features, measured, exponent, extrapolated }: Growth): string {
  const last = measured.at(-1)!;
  const style = seriesStyle(0);
  const beyond = { ...seriesStyle(1), dash: "6 4" };
  const chart = svg({
    title: `Processor time of estimate on points of ${features} features`,
    description: [...measured, extrapolated].map(({ points, processorSeconds }) =>
      `${points}: ${processorSeconds.toPrecision(3)} s`
    ).join("; "),
    options: {
      height: 300,
      marginLeft: 58,
      marginBottom: 42,
      x: { type: "log", label: "points", tickFormat: "s", ticks: 4, labelArrow: "none", inset: 10 },
      y: {
        type: "log",
        label: "processor seconds",
        grid: true,
        ticks: 5,
        tickFormat: "s",
        labelArrow: "none",
      },
      marks: [
        Plot.line([last, extrapolated], {
          x: "points",
          y: "processorSeconds",
          stroke: beyond.colour,
          strokeDasharray: beyond.dash,
          strokeWidth: 2,
        }),
        Plot.line(measured, {
          x: "points",
          y: "processorSeconds",
          stroke: style.colour,
          strokeWidth: 2,
        }),
        Plot.dot(measured, {
          x: "points",
          y: "processorSeconds",
          fill: style.colour,
          r: 4,
        }),
        Plot.dot([extrapolated], {
          x: "points",
          y: "processorSeconds",
          symbol: beyond.symbol,
          stroke: beyond.colour,
          r: 4,
        }),
      ],
    },
  });
  return standaloneFigure(chart, [
    { sample: seriesSample(style), label: "measured, user and system time of all threads" },
    {
      sample: seriesSample({ ...beyond, hollow: true }),
      label: `extrapolated; exponent between the last two sizes ${exponent.toFixed(2)}`,
    },
  ]);
}
