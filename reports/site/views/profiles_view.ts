/**
 * One network's numbers: the paper's beside those of every run.
 *
 * @module
 */
import {
  EARLIER_STYLE,
  ownStyle,
  PAPER_STYLE,
  runsFigure,
  seriesSample,
} from "../../figures/mod.ts";
import { digits, NONE, plusMinus } from "../../views/mod.ts";
import type { PublishedRun } from "../published_run.ts";
import type { Measured } from "../run_content.ts";
import { networkPath, runPath } from "./paths.ts";
import { runLabel } from "./run_row.ts";

/**
 * A network in all runs that have it.
 *
 * @param runs Of one experiment and profile, newest first.
 */
export function profileView(model: string, runs: readonly PublishedRun[]) {
  const members = runs.filter(({ content }) => content.models.some(({ id }) => id === model));
  const [newest, ...earlier] = members as [PublishedRun, ...PublishedRun[]];
  const { title, about } = newest.content.models.find(({ id }) => id === model)!;
  return {
    id: model,
    title,
    about,
    path: networkPath(model),
    measure: newest.content.measure,
    figure: figureOf(model, members),
    newest: { path: runPath(newest.slug), label: runLabel(newest) },
    several: earlier.length > 0,
    rows: rowsOf(model, newest, earlier),
  };
}

function figureOf(model: string, members: readonly PublishedRun[]) {
  const shown = members.flatMap((run) => {
    const network = run.content.networks.find(({ id }) => id === model);
    return network ? [{ label: runLabel(run), network }] : [];
  });
  const [first] = shown;
  if (!first) return null;
  const { paper } = first.network;
  return {
    inPaper: paper !== null,
    svg: runsFigure(shown),
    legend: [
      { sample: seriesSample(ownStyle(first.network)), label: `newest run: ${first.label}` },
      ...(shown.length > 1
        ? [{ sample: seriesSample(EARLIER_STYLE, false), label: `${shown.length - 1} earlier` }]
        : []),
      ...(paper ? [{ sample: seriesSample(PAPER_STYLE), label: `paper (${paper.source})` }] : []),
    ],
  };
}

function rowsOf(model: string, newest: PublishedRun, earlier: readonly PublishedRun[]) {
  const others = earlier.map(({ content }) =>
    new Map(
      content.measured.filter((one) => one.model === model).map((one) => [one.quantity, one.value]),
    )
  );
  return newest.content.measured.filter((one) => one.model === model).map((one) => {
    const values = others.map((run) => run.get(one.quantity)).filter((value) =>
      value !== undefined
    );
    return {
      quantity: one.quantity,
      paper: one.paper === null ? NONE : digits(one.paper),
      own: measuredText(one),
      others: values.length === 0
        ? NONE
        : `${digits(Math.min(...values))} to ${digits(Math.max(...values))}`,
    };
  });
}

/** A value with its deviation, where it has one. */
export function measuredText({ value, deviation }: Measured): string {
  return deviation === null ? digits(value) : plusMinus(value, deviation);
}
