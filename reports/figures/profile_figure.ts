/**
 * One network's profile: every group of images, their mean, and the paper's own curve beside it.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { NetworkResult } from "../../harness/spec/mod.ts";
import { svg } from "./chart.ts";
import { FAINT, PAPER_COLOUR, seriesStyle } from "./palette.ts";

/** Estimated ID against relative depth. */
export function profileFigure(network: NetworkResult): string {
  const { layers, paper } = network;
  const means = layers.map(({ relativeDepth, mean, std }) => ({
    x: relativeDepth,
    id: mean["twonn_fit"]!,
    low: mean["twonn_fit"]! - std["twonn_fit"]!,
    high: mean["twonn_fit"]! + std["twonn_fit"]!,
  }));
  const groups = layers.flatMap(({ relativeDepth, groups }) =>
    groups.map(({ group, estimates }) => ({
      group,
      x: relativeDepth,
      id: estimates.twonn_fit.value,
    }))
  );
  const published = paper?.id.map((id, at) => ({
    x: paper.relativeDepth[at]!,
    id,
    low: id - (paper.std?.[at] ?? 0),
    high: id + (paper.std?.[at] ?? 0),
  })) ?? [];
  const { colour, symbol } = seriesStyle(0);
  return svg({
    title: `Profile of ${network.title}`,
    description: `Estimated ID against relative depth: ${
      means.map(({ x, id }) => `${x.toFixed(2)}: ${id.toPrecision(3)}`).join(", ")
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
        inset: 8,
      },
      y: { label: "estimated ID", grid: true, zero: true, labelArrow: "none" },
      marks: [
        Plot.ruleY([0]),
        Plot.lineY(groups, { x: "x", y: "id", z: "group", stroke: FAINT, strokeWidth: 1 }),
        ...(paper?.std
          ? [
            Plot.areaY(published, {
              x: "x",
              y1: "low",
              y2: "high",
              fill: PAPER_COLOUR,
              fillOpacity: 0.15,
            }),
          ]
          : []),
        Plot.lineY(published, {
          x: "x",
          y: "id",
          stroke: PAPER_COLOUR,
          strokeWidth: 2,
          strokeDasharray: "6 4",
        }),
        Plot.dot(published, { x: "x", y: "id", stroke: PAPER_COLOUR, symbol: "square", r: 3.5 }),
        Plot.ruleX(means, { x: "x", y1: "low", y2: "high", stroke: colour, strokeWidth: 1.5 }),
        Plot.lineY(means, { x: "x", y: "id", stroke: colour, strokeWidth: 2.2 }),
        Plot.dot(means, { x: "x", y: "id", fill: colour, symbol, r: 4 }),
      ],
    },
  });
}
