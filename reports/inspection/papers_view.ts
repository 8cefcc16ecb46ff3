/**
 * The inspected model beside the fourteen networks of the paper (Ansuini et al. 2019, Figures 3B and 4).
 *
 * @module
 */
import type { InspectionResult } from "../../harness/spec/mod.ts";
import { publishedAccuracyPoints } from "../accuracy_points.ts";
import { OWN_STYLE, PAPER_STYLE, seriesSample, twinStyle } from "../figures/mod.ts";
import { lastHiddenLayer } from "../layer_order.ts";
import { idAt } from "../over_groups.ts";
import { digits } from "../views/mod.ts";
import { papersAccuracyFigure } from "./papers_accuracy_figure.ts";
import { papersProfilesFigure } from "./papers_profiles_figure.ts";

/** Figures and legend; nothing without layers between input and output. */
export function papersView({ networks: [model, twin], accuracy }: InspectionResult) {
  const layer = model?.layers[lastHiddenLayer(model) ?? -1];
  const id = layer && idAt(layer);
  if (!model || !layer || !id || model.layers.length < 3) return null;
  const topFive = accuracy?.top5 ?? null;
  return {
    profiles: papersProfilesFigure(model, twin),
    accuracy: papersAccuracyFigure({
      name: model.title,
      id: id.mean,
      std: id.std,
      error: topFive === null ? undefined : 100 * (1 - topFive),
    }, publishedAccuracyPoints()),
    errorKnown: topFive !== null,
    answers: accuracy && {
      images: accuracy.images,
      labels: accuracy.labels,
      topOne: `${digits(100 * accuracy.top1)} %`,
      topFive: topFive === null ? null : `${digits(100 * topFive)} %`,
    },
    legend: [
      { sample: seriesSample(OWN_STYLE), label: model.title },
      ...twin ? [{ sample: seriesSample(twinStyle(twin)), label: twin.title }] : [],
      { sample: seriesSample(PAPER_STYLE), label: "the paper's networks" },
    ],
  };
}
