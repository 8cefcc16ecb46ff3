/**
 * All networks in one chart, against absolute or relative depth: Figure 3 of the paper.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { NetworkResult } from "../../harness/spec/mod.ts";
import { svg } from "./chart.ts";
import { type SeriesStyle, seriesStyle, untrainedStyle } from "./palette.ts";
import { type DepthAxis, meanPoints } from "./profile_points.ts";
import { seriesMarks } from "./series_marks.ts";

const AXIS_LABELS: Readonly<Record<DepthAxis, string>> = {
  depth: "depth in layers",
  relativeDepth: "relative depth",
};

/** More networks than these are drawn without error bars, as in the paper's Figure 3B. */
export const MOST_WITH_BARS = 4;

/** Pixels between error bars that stand at the same depth. */
const SHIFT = 3;

/** Styles of the networks of a run: twins share colour and marker, the untrained one open and dotted. */
export function networkStyles(networks: readonly NetworkResult[]): SeriesStyle[] {
  const taken = new Map<string, number>();
  let next = 0;
  return networks.map(({ architecture, weights }) => {
    const own = `${weights} ${architecture}`;
    const twin = `${weights === "trained" ? "untrained" : "trained"} ${architecture}`;
    const slot = taken.has(own) ? next++ : taken.get(twin) ?? next++;
    taken.set(own, slot);
    return weights === "trained" ? seriesStyle(slot) : untrainedStyle(slot);
  });
}

/** Estimated ID with the bars of `idAt`, one line a network. */
export function overviewFigure(networks: readonly NetworkResult[], axis: DepthAxis): string {
  const bars = networks.length <= MOST_WITH_BARS;
  const styles = networkStyles(networks);
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
        zero: true,
        nice: true,
        ticks: 6,
      },
      marks: [
        Plot.ruleY([0]),
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
