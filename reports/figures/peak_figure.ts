/**
 * Where each trained network's profile peaks: one row a network.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { NetworkResult } from "../../harness/spec/mod.ts";
import { highestLayer } from "../over_groups.ts";
import { svg } from "./chart.ts";
import { OWN_STYLE, PAPER_STYLE } from "./palette.ts";
import type { DepthAxis } from "./profile_points.ts";
import { shortenMiddle } from "./shorten.ts";

/** Longest title of a network beside its row, in characters. */
const LONGEST_TITLE = 24;

/** Pixels that a character needs. */
const CHARACTER_WIDTH = 7;

const AXIS_LABELS: Readonly<Record<Exclude<DepthAxis, "layer">, string>> = {
  depth: "depth of the peak in layers",
  relativeDepth: "relative depth of the peak",
};

/** Peak of the mean, of each group, and of the paper's curve. */
export function peakFigure(
  networks: readonly NetworkResult[],
  axis: Exclude<DepthAxis, "layer">,
): string {
  const rows = networks.map((network, row) => ({ network, row }));
  const means = rows.flatMap(({ network, row }) => {
    const peak = network.layers[highestLayer(network.layers)];
    return peak ? [{ row, x: peak[axis] }] : [];
  });
  const groups = rows.flatMap(({ network, row }) =>
    groupPeaks(network).map(({ layer, groups }) => ({
      row,
      x: network.layers[layer]![axis],
      groups,
    }))
  );
  const papers = rows.flatMap(({ network: { paper }, row }) => {
    const at = paper ? paper.id.indexOf(Math.max(...paper.id)) : -1;
    return paper && at >= 0 ? [{ row, x: paper[axis][at]! }] : [];
  });
  const longest = Math.max(...networks.map(({ title }) => title.length));
  return svg({
    title: `Where the estimated ID is highest: ${AXIS_LABELS[axis]}`,
    description: means.map(({ row, x }) => `${networks[row]!.title}: ${Number(x.toPrecision(3))}`)
      .join(", "),
    options: {
      height: 60 + 24 * networks.length,
      marginTop: 8,
      marginLeft: 14 + CHARACTER_WIDTH * Math.min(LONGEST_TITLE, longest),
      marginRight: 14,
      marginBottom: 42,
      x: {
        label: AXIS_LABELS[axis],
        labelAnchor: "center",
        labelArrow: "none",
        zero: true,
        ...(axis === "relativeDepth" ? { domain: [0, 1] } : {
          domain: [0, Math.max(...networks.map(({ fullDepth }) => fullDepth))],
        }),
        ticks: 6,
        grid: true,
        inset: 8,
      },
      y: {
        type: "linear",
        reverse: true,
        domain: [-0.6, networks.length - 0.4],
        label: null,
        ticks: rows.map(({ row }) => row),
        tickFormat: (row: number) => shortenMiddle(networks[row]!.title, LONGEST_TITLE),
        tickSize: 0,
      },
      r: { type: "sqrt", domain: [0, 10], range: [0, 11] },
      marks: [
        Plot.ruleY(rows, { y: "row", stroke: "var(--line)" }),
        Plot.dot(groups, { x: "x", y: "row", r: "groups", fill: "var(--bar)" }),
        Plot.dot(papers, {
          x: "x",
          y: "row",
          symbol: PAPER_STYLE.symbol,
          r: 6.5,
          stroke: PAPER_STYLE.colour,
          strokeWidth: 1.8,
        }),
        Plot.dot(means, { x: "x", y: "row", symbol: "diamond", r: 4.5, fill: OWN_STYLE.colour }),
      ],
    },
  });
}

/** How many groups peak at each layer. */
function groupPeaks({ layers }: NetworkResult): { layer: number; groups: number }[] {
  const groups = layers[0]?.groups.length ?? 0;
  const peaks = Array.from({ length: groups }, (_, g) => {
    const curve = layers.map((layer) => layer.groups[g]?.estimates.twonn_fit.value ?? -Infinity);
    return curve.indexOf(Math.max(...curve));
  });
  return [...new Set(peaks)].map((layer) => ({
    layer,
    groups: peaks.filter((peak) => peak === layer).length,
  }));
}
