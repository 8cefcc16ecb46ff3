/**
 * What the checks of claims about ProtoPNet have in common.
 *
 * @module
 */
import { mean, type Region, studentInterval, verdictFromInterval } from "../../stats/mod.ts";
import type {
  ClaimResult,
  ClaimSpec,
  ModelResult,
  ModelRun,
  ProtopnetResult,
} from "../../spec/mod.ts";
import { LEVEL } from "../claim.ts";

/** What claims look at: the models of a run and their ensembles. */
export type Evidence = Pick<ProtopnetResult, "models" | "ensembles" | "seed">;

/** Checks one claim; one result for each subject. */
export type ProtopnetClaimCheck = (spec: ClaimSpec, evidence: Evidence) => ClaimResult[];

/** Claims about one model gate only where the experiment says that they do. */
export function severityFor(spec: ClaimSpec, { gates }: ModelResult): ClaimResult["severity"] {
  return gates ? spec.severity : "info";
}

/** Models with prototypes. */
export function prototypeModels({ models }: Evidence): ModelResult[] {
  return models.filter(({ kind }) => kind === "protopnet");
}

/** Whether each test image of a run was classified correctly. */
export function correctness({ test }: Pick<ModelRun, "test">): boolean[] {
  return Array.from(test.correct, (digit) => digit === "1");
}

/** Runs of two models on the same images, by replicate. */
export function pairedRuns<T extends Pick<ModelRun, "test"> & { readonly replicate: number }>(
  first: readonly T[],
  second: readonly Pick<ModelRun, "test" | "replicate">[],
) {
  return first.flatMap((run) => {
    const other = second.find(({ replicate }) => replicate === run.replicate);
    return other ? [{ first: correctness(run), second: correctness(other) }] : [];
  });
}

/** The numbers of a claim about something that was measured once in each training run. */
export type RunCheck = Pick<
  ClaimResult,
  "estimate" | "interval" | "level" | "test" | "pValue" | "verdict"
>;

/** Runs that an interval over runs needs at the least. */
const FEWEST_RUNS = 3;

/** Mean over training runs, its interval by Student's t, and where that lies. */
export function checkRuns(values: readonly number[], region: Region): RunCheck {
  if (values.length === 0) {
    return { ...undecided(null), test: "none: nothing was measured" };
  }
  const estimate = mean([...values]);
  if (values.length < FEWEST_RUNS) {
    return {
      ...undecided(estimate),
      test: `none: ${values.length} training runs, at least ${FEWEST_RUNS} wanted`,
    };
  }
  const interval = studentInterval(values, LEVEL);
  return {
    estimate,
    interval: [...interval],
    level: LEVEL,
    test: `Student's interval over ${values.length} training runs`,
    pValue: null,
    verdict: verdictFromInterval(interval, region),
  };
}

/** What the interval of a difference between paired accuracies is. */
export function intervalInWords(runs: number): string {
  return runs === 1
    ? "bootstrap over the test images of one training run"
    : `bootstrap over ${runs} training runs and the test images of each, widened to Student's ` +
      "interval over the runs";
}

function undecided(estimate: number | null) {
  return {
    estimate,
    interval: null,
    level: null,
    pValue: null,
    verdict: "inconclusive" as const,
  };
}

/** A share in percent, as text. */
export function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
