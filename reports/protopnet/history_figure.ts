/**
 * Validation accuracy after each epoch, the stages told apart.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { ModelResult } from "../../harness/spec/mod.ts";
import { svg } from "../figures/chart.ts";
import { seriesStyle } from "../figures/palette.ts";

/** One chart a model, one line a replicate; stages have markers of their own. */
export function historyFigure(model: ModelResult): string {
  const { title, runs } = model;
  const stages = stagesOf(model);
  const points = runs.flatMap(({ replicate, history, keptEpoch }) =>
    history.flatMap(({ stage, epoch, validationAccuracy }) =>
      validationAccuracy === null ? [] : [{
        replicate,
        epoch,
        accuracy: 100 * validationAccuracy,
        style: seriesStyle(stages.indexOf(stage)),
        kept: epoch === keptEpoch,
      }]
    )
  );
  return svg({
    title: `Validation accuracy while ${title} is trained`,
    description: runs.map(({ replicate, history }) =>
      `replicate ${replicate + 1}: ` +
      history.map(({ validationAccuracy }) => ((validationAccuracy ?? 0) * 100).toFixed(0))
        .join(", ")
    ).join("; "),
    options: {
      height: 190,
      marginTop: 12,
      marginLeft: 48,
      marginRight: 14,
      marginBottom: 40,
      x: { label: "epoch", labelAnchor: "center", labelArrow: "none", tickFormat: "d", ticks: 6 },
      y: {
        label: "validation accuracy, %",
        labelAnchor: "center",
        labelArrow: "none",
        domain: [0, 100],
        ticks: [0, 50, 100],
        grid: true,
      },
      marks: [
        Plot.lineY(points, {
          x: "epoch",
          y: "accuracy",
          z: "replicate",
          stroke: "var(--faint)",
          strokeWidth: 1.2,
        }),
        points.map((one) =>
          Plot.dot([one], {
            x: "epoch",
            y: "accuracy",
            r: one.kept ? 5 : 2.6,
            symbol: one.style.symbol,
            fill: one.style.colour,
            stroke: one.kept ? "var(--ink)" : "none",
          })
        ),
      ],
    },
  });
}

/** The stages of a model's history in the order in which they come. */
export function stagesOf({ runs }: ModelResult): string[] {
  return [...new Set(runs.flatMap(({ history }) => history.map(({ stage }) => stage)))];
}
