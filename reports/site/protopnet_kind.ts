/**
 * Results on prototype networks and what they are compared with.
 *
 * @module
 */
import {
  type ModelResult,
  parseJson,
  PROTOPNET_RESULT_VERSION,
  type ProtopnetResult,
  protopnetResultSchema,
} from "../../harness/spec/mod.ts";
import { spreadOf } from "../over_groups.ts";
import { protopnetView, renderProtopnetReport } from "../protopnet/mod.ts";
import { figureDownloads } from "./figure_downloads.ts";
import type { ResultKind } from "./kinds.ts";
import { accuracyTable, metricTable } from "./protopnet_tables.ts";
import type { FigureDownload, Measured, RunContent } from "./run_content.ts";

export const protopnetKind: ResultKind = {
  kind: "protopnet",
  version: PROTOPNET_RESULT_VERSION,
  read: (text, file) => protopnetContent(parseJson(protopnetResultSchema, text, file)),
};

/** The content of a valid result. */
export function protopnetContent(result: ProtopnetResult): RunContent {
  const titles = new Map(result.data.map(({ id, title }) => [id, title]));
  return {
    frame: result,
    engines: [...new Set(result.models.flatMap(({ runs }) => runs.map(({ engine }) => engine)))]
      .sort(),
    models: result.models.map(({ id, title, kind, backbone, data }) => ({
      id,
      title,
      about: [kind, backbone, `on ${titles.get(data) ?? data}`].filter(Boolean).join(", "),
    })),
    measure: "Accuracy in percent, and measures of explanations",
    measured: result.models.flatMap(measuredOf),
    networks: [],
    pictures: [...picturesOf(result)].map(fileOf).sort(),
    documents: ({ slug }) => ({
      report: renderProtopnetReport(result, besidePage),
      tables: [
        { name: "accuracy.csv", text: accuracyTable(result) },
        { name: "metrics.csv", text: metricTable(result) },
      ],
      figures: protopnetFigures(result),
      pages: sheetPages(result, slug),
    }),
  };
}

/** Address of a picture from the pages of its run: inside of them, some pages had 20 MB. */
function besidePage(digest: string): string {
  return `pictures/${fileOf(digest)}`;
}

/** The charts that the report shows. */
function protopnetFigures(result: ProtopnetResult): FigureDownload[] {
  const { accuracy, trainings } = protopnetView(result, besidePage);
  return figureDownloads([
    { title: "Test accuracy of the models", svg: accuracy.figure, legend: [] },
    ...trainings.figures.map(({ title, figure, legend }) => ({
      title: `Validation accuracy in training: ${title}`,
      svg: figure,
      legend,
    })),
  ]);
}

/** Scoring sheets and prototypes, with their pictures. */
function sheetPages(result: ProtopnetResult, slug: string) {
  const view = protopnetView(result, besidePage);
  if (!view.sheets && !view.prototypes) return [];
  return [{
    path: `runs/${slug}/sheets.html`,
    title: `This looks like that: ${result.experiment.id}, ${result.profile}`,
    template: "sheets",
    view,
  }];
}

/** Accuracy on the test images and every metric, over the replicates that have it. */
function measuredOf({ id, runs, paper }: ModelResult): Measured[] {
  const values = new Map<string, number[]>();
  for (const { test, metrics } of runs) {
    const all = [
      ["test accuracy, %", 100 * test.accuracy],
      ...metrics.map((one) => [one.id, one.value]),
    ];
    for (const [name, value] of all as [string, number | null][]) {
      if (value !== null) values.set(name, [...values.get(name) ?? [], value]);
    }
  }
  return [...values].map(([quantity, found], at) => {
    const { mean, std } = spreadOf(found);
    return {
      model: id,
      quantity,
      value: mean,
      deviation: found.length > 1 ? std : null,
      paper: at === 0 ? paper?.mean ?? null : null,
    };
  });
}

/** Digests of all pictures that the result names. */
function picturesOf(result: ProtopnetResult): Set<string> {
  const found = new Set<string>();
  const picture = (digest: string) => {
    found.add(digest);
    return "";
  };
  protopnetView(result, picture);
  return found;
}

function fileOf(digest: string): string {
  return `${digest}.png`;
}
