/**
 * How the models were trained: validation accuracy (or training loss) over the epochs of all stages,
 * and the recipes.
 *
 * @module
 */
import type { ProtopnetResult } from "../../harness/spec/mod.ts";
import { digits } from "../views/format.ts";
import { seriesSample } from "../figures/legend_sample.ts";
import { seriesStyle } from "../figures/palette.ts";
import { historyFigure, stagesOf, validates } from "./history_figure.ts";

/** Stages in words. */
const STAGES: Readonly<Record<string, string>> = {
  "classifier": "the whole network",
  "warm": "warm-up: add-on layers and prototypes",
  "joint": "all but the last layer",
  "push": "projection",
  "last-layer": "last layer",
  "prune": "last layer after pruning",
};

/** The section on training. */
export function trainingView({ models, recipes, agreement }: ProtopnetResult) {
  return {
    recipes,
    validates: models.some(validates),
    figures: models.filter(({ runs }) => runs.some(({ history }) => history.length > 0)).map(
      (model) => ({
        title: model.title,
        figure: historyFigure(model),
        legend: stagesOf(model).map((stage, at) => ({
          label: STAGES[stage] ?? stage,
          sample: seriesSample({ ...seriesStyle(at), width: 0 }),
        })),
      }),
    ),
    agreement: agreement.flatMap(({ network, engines, batchSize, steps }) =>
      steps.map(({ step, loss, gradients, logits }) => ({
        network,
        engines: engines.join(" and "),
        batchSize,
        step,
        loss: digits(loss, 2),
        gradients: digits(gradients, 2),
        logits: digits(logits, 2),
      }))
    ),
  };
}
