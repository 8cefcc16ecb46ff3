/**
 * proto.accuracy: a ProtoPNet is about as accurate as the same backbone without prototypes (Chen et al.
 * 2019, Table 1).
 *
 * @module
 */
import { randomStream } from "../../base/mod.ts";
import {
  mcNemarTest,
  mean,
  pairedAccuracyDifference,
  type PairedRun,
  verdictFromInterval,
} from "../../stats/mod.ts";
import type { ModelResult } from "../../spec/mod.ts";
import { LEVEL } from "../claim.ts";
import {
  intervalInWords,
  pairedRuns,
  percent,
  type ProtopnetClaimCheck,
  prototypeModels,
  severityFor,
} from "./claim.ts";

/** Resamples of runs and images. */
const RESAMPLES = 1000;

/** One result for each ProtoPNet that has a classifier of the same backbone beside it. */
export const accuracy: ProtopnetClaimCheck = (spec, evidence) =>
  prototypeModels(evidence).flatMap((model) => {
    const plain = baselineOf(model, evidence.models);
    const runs = plain ? pairedRuns(model.runs, plain.runs) : [];
    if (!plain || runs.length === 0) return [];
    const { estimate, interval } = pairedAccuracyDifference(
      runs,
      randomStream(evidence.seed, "proto.accuracy", model.id),
      { level: LEVEL, repeats: RESAMPLES },
    );
    const inPoints = interval.map((end) => 100 * end) as [number, number];
    return [{
      id: spec.id,
      severity: severityFor(spec, model),
      source: spec.source,
      title: "As accurate as the same backbone without prototypes",
      subject: `${model.title} against ${plain.title}`,
      statistic: "Test accuracy of the ProtoPNet minus that of the classifier, in percentage " +
        "points; mean over replicates",
      estimate: 100 * estimate,
      interval: inPoints,
      level: LEVEL,
      test: intervalInWords(runs.length),
      pValue: null,
      expected: spec.expected,
      tolerance: `at least ${spec.threshold} points: ${spec.why}`,
      refutedBy: `An interval that lies below ${spec.threshold} points`,
      verdict: verdictFromInterval(inPoints, { min: spec.threshold }),
      explanation: `${percent(meanAccuracy(model))} against ${percent(meanAccuracy(plain))}; ` +
        `${disagreements(runs)}.`,
    }];
  });

/** The plain classifier that a model is measured against: same data, same backbone. */
export function baselineOf(
  model: ModelResult,
  models: readonly ModelResult[],
): ModelResult | undefined {
  return models.find(({ kind, backbone, data }) =>
    kind === "classifier" && backbone === model.backbone && data === model.data
  );
}

/** Mean test accuracy over runs. */
export function meanAccuracy({ runs }: Pick<ModelResult, "runs">): number {
  return mean(runs.map(({ test }) => test.accuracy));
}

function disagreements(runs: readonly PairedRun[]): string {
  const { onlyFirst, onlySecond, pValue } = mcNemarTest(
    runs.flatMap(({ first }) => first),
    runs.flatMap(({ second }) => second),
  );
  return `only the ProtoPNet is right about ${onlyFirst} images, only the classifier about ` +
    `${onlySecond} (McNemar's exact test of no difference: p = ${pValue.toPrecision(2)})`;
}
