/**
 * Table 1 of the paper: how accurate each model is, what it was told, and the paper's number beside.
 *
 * @module
 */
import type { EnsembleResult, ModelResult, ProtopnetResult } from "../../harness/spec/mod.ts";
import { count, finePercent, NONE, plural } from "../views/format.ts";
import { accuracyFigure } from "./accuracy_figure.ts";
import { spread } from "./spread.ts";

/** What each kind of model is, for the table and the legend. */
export const KINDS: Readonly<Record<ModelResult["kind"], string>> = {
  "classifier": "classifier",
  "protopnet": "ProtoPNet",
  "cam": "class activation map",
  "part-pool": "part-supervised pooling",
  "part-oracle": "part oracle",
};

/** The first section after the verdicts. */
export function accuracyView(result: ProtopnetResult) {
  const { models, ensembles } = result;
  return {
    rows: [...models.map(modelRow), ...ensembles.map((one) => ensembleRow(one, models))],
    figure: accuracyFigure(models, ensembles),
    replicates: plural(Math.max(0, ...models.map(({ runs }) => runs.length)), "replicate"),
    hasPaper: models.some(({ paper }) => paper !== null),
  };
}

function modelRow(model: ModelResult) {
  const { title, kind, supervision, parameters, paper, runs, prototypes } = model;
  return {
    title,
    kind: KINDS[kind] + (prototypes === null ? "" : `, ${plural(prototypes, "prototype")}`),
    told: told(supervision),
    parameters: parameters === 0 ? NONE : count(parameters),
    validation: spread(runs.flatMap(({ validation }) => validation?.accuracy ?? [])),
    test: spread(runs.map(({ test }) => test.accuracy)),
    each: runs.map(({ test }) => finePercent(test.accuracy)).join(", "),
    images: count(runs[0]?.testImages ?? 0),
    paper: paper ? `${paper.mean.toFixed(1)} ± ${paper.std.toFixed(1)} %` : NONE,
    seconds: runs.map(({ seconds }) => Math.round(seconds)).join(", "),
  };
}

function ensembleRow({ members, runs }: EnsembleResult, models: readonly ModelResult[]) {
  const own = models.filter(({ id }) => members.includes(id));
  return {
    title: own.map(({ title }) => title).join(" + "),
    kind: "sum of logits",
    told: own[0] ? told(own[0].supervision) : NONE,
    parameters: count(own.reduce((sum, { parameters }) => sum + parameters, 0)),
    validation: NONE,
    test: spread(runs.map(({ test }) => test.accuracy)),
    each: runs.map(({ test }) => finePercent(test.accuracy)).join(", "),
    images: count(runs[0]?.test.correct.length ?? 0),
    paper: NONE,
    seconds: NONE,
  };
}

/** "label and parts; parts at the test too". */
function told({ train, test }: ModelResult["supervision"]): string {
  const first = train.join(" and ") || "nothing";
  return test.length === 0 ? first : `${first}; at the test ${test.join(" and ")}`;
}
