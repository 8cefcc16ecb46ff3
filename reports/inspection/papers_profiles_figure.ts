/**
 * A profile among those of the paper's fourteen networks, against relative depth.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import curves from "../../experiments/reference/paper_curves.json" with { type: "json" };
import type { NetworkResult } from "../../harness/spec/mod.ts";
import { meanPoints, OWN_STYLE, seriesMarks, twinStyle } from "../figures/mod.ts";
import { svg } from "../figures/chart.ts";

/** The model with its bars over the paper's curves, its twin thin. */
export function papersProfilesFigure(
  model: NetworkResult,
  twin: NetworkResult | undefined,
): string {
  const published = Object.entries(curves.fig3B).flatMap(([name, { rel_depth, ID }]) =>
    rel_depth.map((depth, at) => ({ name, x: Math.abs(depth), y: ID[at]! }))
  );
  const own = meanPoints(model);
  return svg({
    title: `${model.title} among the paper's networks`,
    description: `Against relative depth: ${
      own.map(({ x, y }) => `${x.toFixed(2)}: ${y.toPrecision(3)}`).join(", ")
    }`,
    options: {
      height: 320,
      marginTop: 12,
      marginLeft: 48,
      marginBottom: 42,
      marginRight: 14,
      x: {
        label: "relative depth",
        domain: [0, 1],
        inset: 8,
        labelAnchor: "center",
        labelArrow: "none",
        ticks: 6,
      },
      y: {
        label: "estimated ID",
        zero: true,
        nice: true,
        grid: true,
        labelAnchor: "center",
        labelArrow: "none",
        ticks: 6,
      },
      marks: [
        Plot.ruleY([0]),
        Plot.lineY(published, {
          x: "x",
          y: "y",
          z: "name",
          stroke: "var(--paper)",
          strokeWidth: 1,
        }),
        twin ? seriesMarks(meanPoints(twin), twinStyle(twin), { bars: false }) : [],
        seriesMarks(own, OWN_STYLE),
      ],
    },
  });
}
