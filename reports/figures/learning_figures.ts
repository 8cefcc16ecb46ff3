/**
 * Learning curves: loss and accuracy after each epoch, one line a replicate.
 *
 * @module
 */
import type { TrainingResult } from "../../harness/spec/mod.ts";
import { svg } from "./chart.ts";
import { type SeriesStyle, seriesStyle } from "./palette.ts";
import { point, seriesMarks } from "./series_marks.ts";

/** What a chart of learning shows. */
export type LearningMeasure = "loss" | "accuracy";

/** The lines, and the measurement at the end. */
export const LEARNING_SERIES = [
  { of: "train", label: "training images", style: seriesStyle(0) },
  {
    of: "validation",
    label: "validation images",
    style: { ...seriesStyle(1), hollow: true, dash: "6 4" },
  },
  {
    of: "test",
    label: "test images, at the end",
    style: { ...seriesStyle(2), symbol: "diamond", width: 0 },
  },
] as const satisfies readonly { of: string; label: string; style: SeriesStyle }[];

/** More epochs than these are drawn as lines without markers. */
const MOST_MARKED = 12;

/** One measure of runs that differ in their replicate only. */
export function learningFigure(runs: readonly TrainingResult[], measure: LearningMeasure): string {
  const [training, validation, test] = LEARNING_SERIES;
  const factor = measure === "loss" ? 1 : 100;
  const epochs = Math.max(1, ...runs.map(({ history }) => history.length));
  const options = { bars: false, markers: epochs <= MOST_MARKED, size: 0.7 };
  const isLower = measure === "accuracy";
  return svg({
    title: `${isLower ? "Accuracy" : "Loss"} while ${runs[0]!.networks.at(-1)} is trained`,
    description: runs.map((run) => inWords(run, measure)).join("; "),
    options: {
      height: isLower ? 172 : 146,
      marginTop: 10,
      marginLeft: 48,
      marginRight: 16,
      marginBottom: isLower ? 40 : 14,
      x: {
        domain: [Math.min(1, epochs - 1), epochs],
        inset: 6,
        ticks: Array.from({ length: epochs }, (_, n) => n + 1)
          .filter((epoch) => epoch % Math.ceil(epochs / 6) === 0),
        tickFormat: "d",
        label: "epoch",
        labelAnchor: "center",
        labelArrow: "none",
        ...(isLower ? {} : { axis: null }),
      },
      y: {
        label: measure === "loss" ? "loss" : "accuracy, %",
        labelAnchor: "center",
        labelArrow: "none",
        grid: true,
        ...(isLower ? { domain: [0, 100], ticks: [0, 50, 100] } : { zero: true, ticks: 4 }),
      },
      marks: runs.map(({ history, test: { [measure]: tested } }) => {
        const seen = history.map((epoch) => point(epoch.epoch, factor * trained(epoch, measure)));
        const held = history.flatMap((epoch) => {
          const value = validated(epoch, measure);
          return value === null ? [] : [point(epoch.epoch, factor * value)];
        });
        return [
          seriesMarks(seen, training.style, options),
          seriesMarks(held, validation.style, options),
          seriesMarks([point(history.length, factor * tested)], test.style, { bars: false }),
        ];
      }),
    },
  });
}

type Epoch = TrainingResult["history"][number];

function trained(epoch: Epoch, measure: LearningMeasure): number {
  return measure === "loss" ? epoch.trainLoss : epoch.trainAccuracy;
}

function validated(epoch: Epoch, measure: LearningMeasure): number | null {
  return measure === "loss" ? epoch.validationLoss : epoch.validationAccuracy;
}

function inWords({ history, replicate, test }: TrainingResult, measure: LearningMeasure): string {
  const values = history.map((epoch) => trained(epoch, measure).toPrecision(3)).join(", ");
  return `replicate ${replicate}: ${values}; test ${test[measure].toPrecision(3)}`;
}
