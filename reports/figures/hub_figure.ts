/**
 * How much of one network's profile hangs on a few hub images.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { NetworkResult } from "../../harness/spec/mod.ts";
import { svg } from "./chart.ts";
import { seriesStyle } from "./palette.ts";

/** The three estimates of the figure, by their name in `result.json`. */
export const HUB_SERIES = [
  { key: "twonn_fit", label: "all images" },
  { key: "twonn_fit_without_hub", label: "without the strongest hub" },
  { key: "twonn_fit_without_top_1_percent", label: "without the strongest 1 %" },
] as const;

/** Mean ID with and without hubs, logarithmic; below it the share of the strongest hub. */
export function hubFigure(network: NetworkResult): string {
  const rows = HUB_SERIES.flatMap(({ key }, series) =>
    network.layers.map(({ relativeDepth, mean }) => ({ series, x: relativeDepth, id: mean[key]! }))
  );
  const shares = network.layers.map(({ relativeDepth, mean }) => ({
    x: relativeDepth,
    share: mean["hub_share"]!,
  }));
  const lowest = Math.min(...rows.map(({ id }) => id));
  const highest = Math.max(...rows.map(({ id }) => id));
  const floor = lowest / 1.9;
  return svg({
    title: `Hubs in ${network.title}`,
    description: `Share of nearest neighbours held by one image, by relative depth: ${
      shares.map(({ x, share }) => `${x.toFixed(2)}: ${(100 * share).toFixed(0)} %`).join(", ")
    }`,
    options: {
      width: 440,
      height: 300,
      marginLeft: 44,
      marginBottom: 40,
      marginRight: 12,
      x: {
        label: "relative depth",
        labelAnchor: "center",
        labelArrow: "none",
        domain: [0, 1],
        inset: 12,
      },
      y: {
        label: "estimated ID",
        type: "log",
        domain: [floor, highest * 1.15],
        grid: true,
        labelArrow: "none",
        ticks: [5, 10, 20, 50, 100, 200, 500].filter((tick) =>
          tick >= lowest && tick <= highest * 1.15
        ),
        tickFormat: "d",
      },
      marks: [
        ...HUB_SERIES.flatMap((_, series) => {
          const { colour, symbol } = seriesStyle(series);
          const own = rows.filter((row) => row.series === series);
          return [
            Plot.lineY(own, { x: "x", y: "id", stroke: colour, strokeWidth: 2 }),
            Plot.dot(own, { x: "x", y: "id", fill: colour, symbol, r: 4 }),
          ];
        }),
        ...(shares.length <= 10
          ? [Plot.text(shares, {
            x: "x",
            y: floor,
            dy: -8,
            text: ({ share }: { share: number }) => `${(100 * share).toFixed(0)}%`,
            fill: "currentColor",
            fontSize: 11,
          })]
          : []),
      ],
    },
  });
}
