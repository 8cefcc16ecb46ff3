/**
 * A network at many moments of its training: Figure 9 of the paper.
 *
 * @module
 */
import type * as Plot from "@observablehq/plot";
import { lastHiddenLayer } from "../layer_order.ts";
import type { Moment } from "../moment_series.ts";
import { idAt } from "../over_groups.ts";
import { svg } from "./chart.ts";
import { OWN_STYLE, type SeriesStyle, seriesStyle } from "./palette.ts";
import { bandMark, type Point, point, seriesMarks } from "./series_marks.ts";

/** Steps that differ by more than this factor stand on a logarithmic axis. */
const MOST_LINEAR = 30;

const MARGINS = { marginLeft: 48, marginRight: 18 };

/** Estimated ID of the last hidden layer against the training step, with a band of one bar. */
export function lastHiddenFigure(title: string, moments: readonly Moment[]): string {
  const points = lastHiddenPoints(moments);
  return svg({
    title: `Estimated ID of the last hidden layer while ${title} is trained`,
    description: inWords(points),
    options: {
      ...MARGINS,
      height: 220,
      marginTop: 12,
      marginBottom: 8,
      x: { ...stepScale(moments), axis: null },
      y: {
        label: "estimated ID",
        labelAnchor: "center",
        labelArrow: "none",
        grid: true,
        nice: true,
        ticks: 5,
      },
      marks: curveMarks(points, OWN_STYLE),
    },
  });
}

/** Below it: the accuracy on the test images. */
export function momentAccuracyFigure(title: string, moments: readonly Moment[]): string {
  const points = moments.flatMap(({ step, accuracy }) =>
    accuracy ? [point(step, 100 * accuracy.mean, 100 * accuracy.std)] : []
  );
  const scale = stepScale(moments);
  return svg({
    title: `Test accuracy while ${title} is trained`,
    description: inWords(points),
    options: {
      ...MARGINS,
      height: 150,
      marginTop: 10,
      marginBottom: 42,
      x: {
        ...scale,
        label: `training step${scale.type === "symlog" ? ", logarithmic" : ""}`,
        labelAnchor: "center",
        labelArrow: "none",
      },
      y: {
        label: "test accuracy, %",
        labelAnchor: "center",
        labelArrow: "none",
        grid: true,
        domain: [0, 100],
        ticks: [0, 50, 100],
      },
      marks: curveMarks(points, seriesStyle(2)),
    },
  });
}

/** Estimated ID of the last hidden layer at each moment that has one. */
export function lastHiddenPoints(moments: readonly Moment[]): Point[] {
  return moments.flatMap(({ network, step }) => {
    const layer = network.layers[lastHiddenLayer(network) ?? -1];
    const id = layer && idAt(layer);
    return id ? [point(step, id.mean, id.std)] : [];
  });
}

function curveMarks(points: readonly Point[], style: SeriesStyle): Plot.Markish[] {
  return [
    bandMark(points, style.colour),
    seriesMarks(points, style, { bars: false, size: 0.8 }),
  ];
}

/** Logarithmic beyond the first step where steps span decades, and still with room for step 0. */
function stepScale(moments: readonly Moment[]) {
  const steps = moments.map(({ step }) => step);
  const last = Math.max(...steps);
  const first = Math.min(...steps.filter((step) => step > 0));
  const domain = [0, last];
  if (last / first <= MOST_LINEAR) return { type: "linear", domain, ticks: 5, inset: 6 } as const;
  const decades = Array.from({ length: Math.floor(Math.log10(last)) + 1 }, (_, n) => 10 ** n);
  const ticks = [0, ...decades.filter((decade) => decade >= first)];
  return { type: "symlog", constant: first, domain, ticks, tickFormat: "d", inset: 6 } as const;
}

function inWords(points: readonly Point[]): string {
  return points.map(({ x, y }) => `step ${Math.round(x)}: ${y.toPrecision(3)}`).join(", ");
}
