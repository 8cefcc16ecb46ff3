/**
 * One network's profile: every group of images, their mean, the paper's own curve and the twins with
 * random weights.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { NetworkResult } from "../../harness/spec/mod.ts";
import { svg } from "./chart.ts";
import { depthAxes } from "./depth_axes.ts";
import {
  FAINT,
  OWN_STYLE,
  PAPER_STYLE,
  type SeriesStyle,
  TWIN_STYLE,
  untrainedStyle,
} from "./palette.ts";
import { hasSpread, LOWER_BOUND_ABOVE, meanPoints, paperPoints } from "./profile_points.ts";
import { seriesMarks } from "./series_marks.ts";

/** How the network itself is drawn. */
export function ownStyle({ weights }: NetworkResult): SeriesStyle {
  return weights === "trained" ? OWN_STYLE : untrainedStyle(0);
}

/**
 * Estimated ID against relative depth.
 *
 * @param twins Networks drawn as means without bars.
 * @param top Upper end of the vertical axis.
 */
export function profileFigure(
  network: NetworkResult,
  twins: readonly NetworkResult[],
  top: number,
): string {
  const means = meanPoints(network);
  return svg({
    title: `Estimated ID in ${network.title}`,
    description: `Against relative depth: ${
      means.map(({ x, y }) => `${x.toFixed(2)}: ${y.toPrecision(3)}`).join(", ")
    }`,
    options: {
      height: 300,
      marginTop: 44,
      marginLeft: 48,
      marginBottom: 40,
      marginRight: 14,
      x: { domain: [0, 1], inset: 8 },
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
        Plot.ruleY([LOWER_BOUND_ABOVE], { stroke: "var(--muted)", strokeDasharray: "1 3" }),
        depthAxes(network.fullDepth),
        paperMarks(network),
        groupMarks(network),
        twins.map((twin) => seriesMarks(meanPoints(twin), TWIN_STYLE, { bars: false })),
        seriesMarks(means, ownStyle(network)),
      ],
    },
  });
}

/** A thin line a group of images, where there is more than one. */
function groupMarks(network: NetworkResult): Plot.Markish {
  if (!hasSpread(network)) return [];
  const points = network.layers.flatMap(({ relativeDepth, groups }) =>
    groups.map(({ group, estimates }) => ({
      group,
      x: relativeDepth,
      y: estimates.twonn_fit.value,
    }))
  );
  return Plot.lineY(points, { x: "x", y: "y", z: "group", stroke: FAINT, strokeWidth: 1 });
}

/** The paper's curve on its band. */
function paperMarks(network: NetworkResult): Plot.Markish {
  const points = paperPoints(network);
  return [
    Plot.areaY(points, {
      x: "x",
      y1: "low",
      y2: "high",
      fill: PAPER_STYLE.colour,
      fillOpacity: 0.15,
    }),
    seriesMarks(points, PAPER_STYLE, { bars: false }),
  ];
}
