/**
 * How the networks were trained, and how far two engines agree.
 *
 * @module
 */
import type { Result, TrainingResult } from "../../harness/spec/mod.ts";
import { LEARNING_SERIES, learningFigure, seriesSample } from "../figures/mod.ts";
import { count, digits, finePercent, NONE, plural } from "./format.ts";

/** More networks than these from one run are named by the first and the last of them. */
const MOST_NAMED = 2;

/** The section of the page; null for a run that trained nothing. */
export function trainingsView(result: Result) {
  const { trainings, recipes } = result;
  if (trainings.length === 0) return null;
  const titles = new Map(result.networks.map(({ id, title }) => [id, title]));
  const groups = [
    ...Map.groupBy(trainings, ({ networks }) => JSON.stringify(networks)).values(),
  ];
  const validates = trainings.some(({ validationImages }) => validationImages > 0);
  const parts = ["train", ...(validates ? ["validation"] : []), "test"];
  return {
    recipes,
    columns: ["Accuracy", "Loss"].flatMap((measure) => parts.map((part) => `${measure}, ${part}`)),
    validates,
    width: 3 + 2 * parts.length,
    groups: groups.map((runs) => ({
      ...headOf(runs[0]!, titles, result),
      loss: learningFigure(runs, "loss"),
      accuracy: learningFigure(runs, "accuracy"),
      rows: runs.map((run) => rowOf(run, result.seed, validates)),
    })),
    replicates: groups.some((runs) => runs.length > 1),
    legend: LEARNING_SERIES.filter(({ of }) => validates || of !== "validation").map((
      { label, style },
    ) => ({ label, sample: seriesSample(style) })),
    agreement: agreementView(result, titles),
  };
}

/** What runs share that differ in their replicate only. */
function headOf(
  run: TrainingResult,
  titles: ReadonlyMap<string, string>,
  { data }: Result,
) {
  const { trainImages, validationImages, testImages } = run;
  const set = data.find(({ id }) => id === run.data)?.title ?? run.data;
  const parts = [
    `${count(trainImages)} to train`,
    ...(validationImages > 0 ? [`${count(validationImages)} to validate`] : []),
    `${plural(testImages, "image")} to test`,
  ];
  return {
    title: namesOf(run.networks, titles),
    short: `data ${run.data}, recipe ${run.recipe}`,
    about: `${set}: ${parts.join(", ")}; recipe ${run.recipe}; engine ${run.engine}`,
  };
}

function rowOf({ history, replicate, test }: TrainingResult, seed: number, validates: boolean) {
  const last = history.at(-1);
  return {
    replicate: `${replicate + 1}, seed ${seed + replicate}`,
    epochs: count(history.length),
    steps: count(last?.step ?? 0),
    values: [
      last?.trainAccuracy,
      ...(validates ? [last?.validationAccuracy] : []),
      test.accuracy,
    ].map((share) => share === undefined || share === null ? NONE : finePercent(share)).concat(
      [last?.trainLoss, ...(validates ? [last?.validationLoss] : []), test.loss]
        .map((loss) => digits(loss)),
    ),
  };
}

/** Null where engines were not compared. */
function agreementView({ agreement }: Result, titles: ReadonlyMap<string, string>) {
  if (agreement.length === 0) return null;
  return {
    rows: agreement.flatMap(({ network, engines, batchSize, steps }) =>
      steps.map(({ step, loss, gradients, logits }) => ({
        network: titles.get(network) ?? network,
        engines: engines.join(" and "),
        batch: plural(batchSize, "image"),
        step: count(step),
        differences: [loss, gradients, logits].map((difference) => digits(difference, 2)),
      }))
    ),
  };
}

function namesOf(networks: readonly string[], titles: ReadonlyMap<string, string>): string {
  const names = networks.map((id) => titles.get(id) ?? id);
  return names.length > MOST_NAMED
    ? `${names[0]} to ${names.at(-1)}: ${plural(names.length, "moment")} of one training`
    : names.join(", ");
}
