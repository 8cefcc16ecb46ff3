/**
 * How much of one network's profile hangs on a few hub images.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { NetworkResult } from "../../harness/spec/mod.ts";
import { type NumberOf, overGroups, twonnFit } from "../over_groups.ts";
import { svg } from "./chart.ts";
import { layerNames, layerNamesHeight, layerScale } from "./layer_axis.ts";
import { type SeriesStyle, seriesStyle } from "./palette.ts";
import { barMarks, type Point, point, seriesMarks } from "./series_marks.ts";

/** An estimate of the figure. */
export interface HubSeries {
  readonly label: string;
  readonly numberOf: NumberOf;
  readonly style: SeriesStyle;
}

/** Estimates with and without the images that are nearest neighbours of most others. */
export const HUB_SERIES: readonly HubSeries[] = [
  { label: "all images", numberOf: twonnFit, style: seriesStyle(0) },
  {
    label: "without the strongest hub",
    numberOf: ({ hub }) => hub.twonn_fit_without_it,
    style: { ...seriesStyle(1), dash: "6 4" },
  },
  {
    label: "without the strongest 1 %",
    numberOf: ({ hub }) => hub.twonn_fit_without_top_1_percent,
    style: { ...seriesStyle(2), dash: "1.5 4" },
  },
];

const MARGINS = { marginLeft: 48, marginRight: 14 };

/** The highest value that these figures show: panels side by side share a scale. */
export function hubTop(networks: readonly NetworkResult[]): number {
  return Math.max(
    1,
    ...networks.flatMap((network) =>
      HUB_SERIES.flatMap((series) => seriesPoints(network, series).map(({ y }) => y))
    ),
  );
}

/**
 * Mean estimated ID with and without hubs, layer by layer.
 *
 * @param top Upper end of the vertical axis.
 */
export function hubFigure(network: NetworkResult, top: number): string {
  const { title, layers } = network;
  const series = HUB_SERIES.map((one) => ({ ...one, points: seriesPoints(network, one) }));
  return svg({
    title: `Estimated ID in ${title} with and without hubs`,
    description: series.map(({ label, points }) =>
      `${label}: ${points.map(({ y }) => y.toPrecision(3)).join(", ")}`
    ).join("; "),
    options: {
      ...MARGINS,
      height: 220,
      marginTop: 12,
      marginBottom: 14,
      x: { ...layerScale(layers.length), axis: null },
      y: {
        label: "estimated ID",
        labelAnchor: "center",
        labelArrow: "none",
        grid: true,
        domain: [0, top],
        nice: true,
        ticks: 5,
      },
      marks: [Plot.ruleY([0]), series.map(({ points, style }) => seriesMarks(points, style))],
    },
  });
}

/** Below it: the share of images whose nearest neighbour is the strongest hub. */
export function hubShareFigure({ title, layers }: NetworkResult): string {
  const names = layers.map(({ name }) => name);
  const shares = layers.flatMap((layer, x): Point[] => {
    const spread = overGroups(layer, ({ hub }) => hub.share);
    const percents = layer.groups.map(({ hub }) => 100 * hub.share);
    return spread
      ? [{ x, y: 100 * spread.mean, low: Math.min(...percents), high: Math.max(...percents) }]
      : [];
  });
  return svg({
    title: `Share of the strongest hub in ${title}`,
    description: `Percent of images whose nearest neighbour is one image: ${
      shares.map(({ x, y }) => `${layers[x]!.name}: ${y.toFixed(0)}`).join(", ")
    }`,
    options: {
      ...MARGINS,
      height: 108 + layerNamesHeight(names),
      marginTop: 8,
      marginBottom: layerNamesHeight(names),
      x: {
        ...layerScale(layers.length),
        ...layerNames(names),
      },
      y: {
        label: "top image, %",
        labelAnchor: "center",
        labelArrow: "none",
        domain: [0, 100],
        ticks: [0, 50, 100],
        grid: true,
      },
      marks: [
        Plot.ruleY([0]),
        Plot.ruleX(shares, {
          x: "x",
          y: "y",
          stroke: "var(--bar)",
          strokeWidth: Math.max(4, Math.min(16, 180 / layers.length)),
        }),
        barMarks(shares, "currentColor"),
      ],
    },
  });
}

function seriesPoints({ layers }: NetworkResult, { numberOf }: HubSeries): Point[] {
  return layers.flatMap((layer, x) => {
    const spread = overGroups(layer, numberOf);
    return spread ? [point(x, spread.mean)] : [];
  });
}
