/**
 * The ID of a last hidden layer among those of the paper's networks and their errors: Figure 4.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { AccuracyPoint } from "../accuracy_points.ts";
import { svg } from "../figures/chart.ts";
import { barMarks, OWN_STYLE, point } from "../figures/mod.ts";

/** A model whose error may be unknown; it is then a line across the chart. */
export type OwnPoint = Omit<AccuracyPoint, "error"> & { readonly error: number | undefined };

/** The paper's points hollow, the model's filled. */
export function papersAccuracyFigure(own: OwnPoint, paper: readonly AccuracyPoint[]): string {
  const { name, id, std, error } = own;
  return svg({
    title: `Last hidden ID of ${name} among the paper's networks`,
    description: [
      `${name}: ID ${id.toPrecision(3)}${
        error === undefined ? "" : `, top-5 error ${error.toPrecision(3)} %`
      }`,
      ...paper.map((one) => `${one.name}: ID ${one.id}, top-5 error ${one.error} %`),
    ].join("; "),
    options: {
      height: 320,
      marginTop: 12,
      marginLeft: 48,
      marginBottom: 42,
      marginRight: 14,
      x: {
        label: "top-5 error, %",
        nice: true,
        inset: 8,
        labelAnchor: "center",
        labelArrow: "none",
        ticks: 6,
      },
      y: {
        label: "estimated ID, last hidden layer",
        nice: true,
        inset: 8,
        grid: true,
        labelAnchor: "center",
        labelArrow: "none",
        ticks: 6,
      },
      marks: [
        paper.map((one) => barMarks([point(one.error, one.id, one.std)], "var(--paper)")),
        Plot.dot(paper, {
          x: "error",
          y: "id",
          symbol: "square",
          r: 4,
          fill: "var(--page)",
          stroke: "var(--paper)",
          strokeWidth: 1.5,
        }),
        error === undefined ? Plot.ruleY([id], { stroke: OWN_STYLE.colour, strokeWidth: 2 }) : [
          barMarks([point(error, id, std)], OWN_STYLE.colour),
          Plot.dot([own], { x: "error", y: "id", r: 5, fill: OWN_STYLE.colour }),
        ],
      ],
    },
  });
}
