/**
 * One network's profile in every run that has it, on the paper's curve.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { NetworkResult } from "../../harness/spec/mod.ts";
import { idAt } from "../over_groups.ts";
import { svg } from "./chart.ts";
import { depthAxes } from "./depth_axes.ts";
import { layerNames, layerNamesHeight, layerScale } from "./layer_axis.ts";
import { FAINT, PAPER_STYLE, type SeriesStyle, seriesStyle } from "./palette.ts";
import { ownStyle } from "./profile_figure.ts";
import { axisOf, LOWER_BOUND_ABOVE, meanPoints, paperPoints } from "./profile_points.ts";
import { bandMark, type Point, seriesMarks } from "./series_marks.ts";

/** How runs other than the newest are drawn. */
export const EARLIER_STYLE: SeriesStyle = { ...seriesStyle(0), colour: FAINT, width: 1 };

/** The paper's curve can be told from the runs by this name. */
export const PAPER_NAME = "paper";

/** A network in one run. */
export interface ShownRun {
  readonly label: string;
  readonly network: NetworkResult;
}

/**
 * Every run as a line, the first with bars and markers. A marker's `title` says what it stands for.
 *
 * @param runs At least one, the newest first.
 */
export function runsFigure(runs: readonly ShownRun[]): string {
  const [newest, ...others] = runs as [ShownRun, ...ShownRun[]];
  const { network } = newest;
  const axis = axisOf(network);
  const names = network.layers.map(({ name }) => name);
  const points = meanPoints(network, axis);
  const paper = paperPoints(network, axis);
  const lines = others.map((run) => meanPoints(run.network, axis));
  const top = Math.max(
    LOWER_BOUND_ABOVE,
    ...[points, paper, ...lines].flat().map(({ high }) => high),
  );
  const [horizontal, axes] = axis === "layer"
    ? [{ marginTop: 12, marginBottom: layerNamesHeight(names), x: layerScale(names.length) }, [
      Plot.axisX(layerNames(names)),
    ]]
    : [
      { marginTop: 44, marginBottom: 40, x: { domain: [0, 1], inset: 8 } },
      depthAxes(network.fullDepth),
    ];
  return svg({
    title: `Estimated ID in ${network.title}, ${
      others.length > 0 ? `${runs.length} runs` : "one run"
    }`,
    description: `Newest: ${points.map(({ y }) => y.toPrecision(3)).join(", ")}${
      paper.length > 0 ? `; paper: ${paper.map(({ y }) => y.toPrecision(3)).join(", ")}` : ""
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
        bandMark(paper, PAPER_STYLE.colour),
        seriesMarks(paper, PAPER_STYLE, { bars: false }),
        lines.map((line) => seriesMarks(line, EARLIER_STYLE, { bars: false, markers: false })),
        seriesMarks(points, ownStyle(network)),
        named(paper.map((one) => ({ ...one, title: `${PAPER_NAME}: ${numberText(one)}` }))),
        named(pointTitles(newest, points)),
      ],
    },
  });
}

function pointTitles({ network, label }: ShownRun, points: readonly Point[]) {
  const names = network.layers.filter((layer) => idAt(layer)).map(({ name }) => name);
  return points.map((one, at) => ({
    ...one,
    title: `${names[at]}: ${numberText(one)} (${label})`,
  }));
}

function numberText({ y, high }: Point): string {
  return high > y ? `${y.toPrecision(3)} ± ${(high - y).toPrecision(2)}` : y.toPrecision(3);
}

/** Where a pointer finds the values; not drawn. */
function named(points: readonly (Point & { readonly title: string })[]): Plot.Markish {
  return Plot.dot(points, {
    x: "x",
    y: "y",
    r: 7,
    fill: "transparent",
    stroke: "none",
    title: "title",
  });
}
