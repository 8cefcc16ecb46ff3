/**
 * All networks in one chart, against absolute or relative depth: Figure 3 of the paper.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { NetworkResult } from "../../harness/spec/mod.ts";
import { svg } from "./chart.ts";
import { networkStyles } from "./network_styles.ts";
import type { SeriesStyle } from "./palette.ts";
import { type DepthAxis, meanPoints } from "./profile_points.ts";
import { bandMark, seriesMarks } from "./series_marks.ts";

const AXIS_LABELS: Readonly<Record<Exclude<DepthAxis, "layer">, string>> = {
  depth: "depth in layers",
  relativeDepth: "relative depth",
};

/** More networks than these are drawn without error bars, as in the paper's Figure 3B. */
export const MOST_WITH_BARS = 4;

/** Pixels between error bars that stand at the same depth. */
const SHIFT = 3;

/** One chart among others. */
export interface OverviewPanel {
  /** Upper end of the vertical axis, where panels share it. */
  readonly top?: number;
  /** Of the networks, in their order. */
  readonly styles?: readonly SeriesStyle[];
  /** Whether bars are drawn as bands, which many lines still leave readable. */
  readonly bands?: boolean;
}

/** Estimated ID with the bars of `idAt`, one line a network. */
export function overviewFigure(
  networks: readonly NetworkResult[],
  axis: Exclude<DepthAxis, "layer">,
  { top, styles = networkStyles(networks), bands = false }: OverviewPanel = {},
): string {
  const bars = !bands && networks.length <= MOST_WITH_BARS;
  return svg({
    title: `Estimated ID against ${AXIS_LABELS[axis]}`,
    description: `Mean over groups of images at each layer of ${networks.length} networks: ${
      networks.map(({ title }) => title).join(", ")
    }`,
    options: {
      height: 320,
      marginTop: 12,
      marginLeft: 48,
      marginBottom: 42,
      marginRight: 14,
      x: {
        label: AXIS_LABELS[axis],
        labelAnchor: "center",
        labelArrow: "none",
        inset: 8,
        ticks: 6,
      },
      y: {
        label: "estimated ID",
        labelAnchor: "center",
        labelArrow: "none",
        grid: true,
        ...(top === undefined ? { zero: true } : { domain: [0, top] }),
        nice: true,
        ticks: 6,
      },
      marks: [
        Plot.ruleY([0]),
        bands
          ? networks.map((network, n) => bandMark(meanPoints(network, axis), styles[n]!.colour))
          : [],
        networks.map((network, n) =>
          seriesMarks(meanPoints(network, axis), styles[n]!, {
            bars,
            size: networks.length <= MOST_WITH_BARS ? 1 : 0.65,
            dx: bars ? SHIFT * (n - (networks.length - 1) / 2) : 0,
          })
        ),
      ],
    },
  });
}
