/**
 * One network's profile: every group of images, their mean, the paper's own curve and the twins with
 * random weights.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { NetworkResult } from "../../harness/spec/mod.ts";
import { weightsOrigin } from "../weights_origin.ts";
import { svg } from "./chart.ts";
import { depthAxes } from "./depth_axes.ts";
import { layerNames, layerNamesHeight, layerScale } from "./layer_axis.ts";
import {
  FAINT,
  originStyle,
  OWN_STYLE,
  PAPER_STYLE,
  type SeriesStyle,
  TWIN_STYLES,
} from "./palette.ts";
import {
  axisOf,
  hasSpread,
  LOWER_BOUND_ABOVE,
  meanPoints,
  paperPoints,
  placeOf,
} from "./profile_points.ts";
import { bandMark, seriesMarks } from "./series_marks.ts";

/** How the network itself is drawn. */
export function ownStyle(network: NetworkResult): SeriesStyle {
  const origin = weightsOrigin(network);
  return origin === "trained" ? OWN_STYLE : originStyle(0, origin);
}

/** How another network with random weights is drawn beside it. */
export function twinStyle(twin: NetworkResult): SeriesStyle {
  const origin = weightsOrigin(twin);
  return TWIN_STYLES[origin === "trained" ? "untrained" : origin];
}

/**
 * Estimated ID against relative depth, or layer by layer where depths repeat.
 *
 * @param twins Networks drawn as means without bars.
 * @param top Upper end of the vertical axis.
 */
export function profileFigure(
  network: NetworkResult,
  twins: readonly NetworkResult[],
  top: number,
): string {
  const axis = axisOf(network);
  const names = network.layers.map(({ name }) => name);
  const means = meanPoints(network, axis);
  const [horizontal, axes] = axis === "layer"
    ? [{ marginTop: 12, marginBottom: layerNamesHeight(names), x: layerScale(names.length) }, [
      Plot.axisX(layerNames(names)),
    ]]
    : [
      { marginTop: 44, marginBottom: 40, x: { domain: [0, 1], inset: 8 } },
      depthAxes(network.fullDepth),
    ];
  return svg({
    title: `Estimated ID in ${network.title}`,
    description: axis === "layer"
      ? `Layer by layer: ${means.map(({ x, y }) => `${names[x]}: ${y.toPrecision(3)}`).join(", ")}`
      : `Against relative depth: ${
        means.map(({ x, y }) => `${x.toFixed(2)}: ${y.toPrecision(3)}`).join(", ")
      }`,
    options: {
      height: 300,
      marginLeft: 48,
      marginRight: 14,
      ...horizontal,
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
        axes,
        paperMarks(network),
        groupMarks(network),
        twins.map((twin) => seriesMarks(meanPoints(twin, axis), twinStyle(twin), { bars: false })),
        seriesMarks(means, ownStyle(network)),
      ],
    },
  });
}

/** A thin line a group of images, where there is more than one. */
function groupMarks(network: NetworkResult): Plot.Markish {
  if (!hasSpread(network)) return [];
  const points = network.layers.flatMap(({ groups }, at) =>
    groups.map(({ estimates }, group) => ({
      group,
      x: placeOf(network, at, axisOf(network)),
      y: estimates.twonn_fit.value,
    }))
  );
  return Plot.lineY(points, { x: "x", y: "y", z: "group", stroke: FAINT, strokeWidth: 1 });
}

/** The paper's curve on its band. */
function paperMarks(network: NetworkResult): Plot.Markish {
  const points = paperPoints(network, axisOf(network));
  return [
    bandMark(points, PAPER_STYLE.colour),
    seriesMarks(points, PAPER_STYLE, { bars: false }),
  ];
}
