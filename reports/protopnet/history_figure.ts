/**
 * Validation accuracy after each epoch, or the training loss of models that hold out no images, the
 * stages told apart.
 *
 * @module
 */
import * as Plot from "@observablehq/plot";
import type { ModelResult } from "../../harness/spec/mod.ts";
import { svg } from "../figures/chart.ts";
import { seriesStyle } from "../figures/palette.ts";

type Epoch = ModelResult["runs"][number]["history"][number];

/** Whether any images were held out. */
export function validates({ runs }: Pick<ModelResult, "runs">): boolean {
  return runs.some(({ validationImages }) => validationImages > 0);
}

const ACCURACY = {
  title: "Validation accuracy",
  label: "validation accuracy, %",
  value: ({ validationAccuracy }: Epoch) =>
    validationAccuracy === null ? null : 100 * validationAccuracy,
  text: (accuracy: number) => accuracy.toFixed(0),
  axis: { domain: [0, 100], ticks: [0, 50, 100] },
};

const LOSS = {
  title: "Training loss",
  label: "training loss",
  value: ({ terms }: Epoch) => terms["loss"] ?? null,
  text: (loss: number) => loss.toPrecision(3),
  axis: { ticks: 4, zero: true },
};

function shownOf(model: ModelResult) {
  return validates(model) ? ACCURACY : LOSS;
}

/** One chart a model, one line a replicate; stages have markers of their own. */
export function historyFigure(model: ModelResult): string {
  const { title, runs } = model;
  const stages = stagesOf(model);
  const shown = shownOf(model);
  const points = runs.flatMap(({ replicate, history, keptEpoch }) =>
    history.flatMap((one) => {
      const value = shown.value(one);
      const { stage, epoch } = one;
      return value === null ? [] : [{
        replicate,
        epoch,
        value,
        style: seriesStyle(stages.indexOf(stage)),
        kept: epoch === keptEpoch,
      }];
    })
  );
  return svg({
    title: `${shown.title} while ${title} is trained`,
    description: runs.map(({ replicate }) =>
      `replicate ${replicate + 1}: ` +
      points.filter((one) => one.replicate === replicate).map(({ value }) => shown.text(value))
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
        label: shown.label,
        labelAnchor: "center",
        labelArrow: "none",
        ...shown.axis,
        grid: true,
      },
      marks: [
        Plot.lineY(points, {
          x: "epoch",
          y: "value",
          z: "replicate",
          stroke: "var(--faint)",
          strokeWidth: 1.2,
        }),
        points.map((one) =>
          Plot.dot([one], {
            x: "epoch",
            y: "value",
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

/** The stages that have a point, in the order in which they come. */
export function stagesOf(model: ModelResult): string[] {
  const { value } = shownOf(model);
  const points = model.runs.flatMap(({ history }) => history.filter((one) => value(one) !== null));
  return [...new Set(points.map(({ stage }) => stage))];
}
