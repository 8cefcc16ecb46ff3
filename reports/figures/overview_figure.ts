/**
 * All networks in one chart, against absolute or relative depth: Figure 3 of the paper.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { NetworkResult } from "../../harness/spec/mod.ts";
import { svg } from "./chart.ts";
import { seriesStyle } from "./palette.ts";

/** Which depth the horizontal axis shows. */
export type DepthAxis = "depth" | "relativeDepth";

const AXIS_LABELS: Readonly<Record<DepthAxis, string>> = {
  depth: "depth: layers with weights passed",
  relativeDepth: "relative depth",
};

/** Mean over groups with the standard deviation over groups, one line a network. */
export function overviewFigure(networks: readonly NetworkResult[], axis: DepthAxis): string {
  const points = networks.flatMap((network, n) =>
    network.layers.map((layer) => ({
      network: n,
      x: layer[axis],
      id: layer.mean["twonn_fit"]!,
      low: layer.mean["twonn_fit"]! - layer.std["twonn_fit"]!,
      high: layer.mean["twonn_fit"]! + layer.std["twonn_fit"]!,
    }))
  );
  const marks = networks.flatMap((_, n) => {
    const { colour, symbol } = seriesStyle(n);
    const own = points.filter(({ network }) => network === n);
    return [
      Plot.ruleX(own, { x: "x", y1: "low", y2: "high", stroke: colour, strokeOpacity: 0.6 }),
      Plot.lineY(own, { x: "x", y: "id", stroke: colour, strokeWidth: 1.8 }),
      Plot.dot(own, { x: "x", y: "id", fill: colour, symbol, r: 4 }),
    ];
  });
  return svg({
    title: `Estimated ID against ${AXIS_LABELS[axis]}`,
    description:
      `Mean over groups of images at each checkpoint layer of ${networks.length} networks`,
    options: {
      width: 560,
      height: 380,
      marginLeft: 48,
      marginBottom: 42,
      marginRight: 16,
      x: { label: AXIS_LABELS[axis], labelAnchor: "center", labelArrow: "none", nice: true },
      y: { label: "estimated ID (TwoNN)", grid: true, zero: true, labelArrow: "none" },
      marks: [Plot.ruleY([0]), ...marks],
    },
  });
}
