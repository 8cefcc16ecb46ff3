/**
 * proto.ensemble: ProtoPNets that add up their logits are more accurate than one of them (Chen et al.
 * 2019, Table 1, last row).
 *
 * @module
 */
import { randomStream } from "../../base/mod.ts";
import { mean, pairedAccuracyDifference, verdictFromInterval } from "../../stats/mod.ts";
import type { EnsembleResult, ModelResult } from "../../spec/mod.ts";
import { LEVEL } from "../claim.ts";
import { meanAccuracy } from "./accuracy.ts";
import { intervalInWords, pairedRuns, percent, type ProtopnetClaimCheck } from "./claim.ts";

/** Resamples of runs and images. */
const RESAMPLES = 1000;

/** One result an ensemble, against the member that the validation images like best. */
export const ensemble: ProtopnetClaimCheck = (spec, { models, ensembles, seed }) =>
  ensembles.flatMap((together) => {
    const members = models.filter(({ id }) => together.members.includes(id));
    const best = bestMember(members);
    const runs = best ? pairedRuns(together.runs, best.runs) : [];
    if (!best || runs.length === 0) return [];
    const { estimate, interval } = pairedAccuracyDifference(
      runs,
      randomStream(seed, "proto.ensemble", together.id),
      { level: LEVEL, repeats: RESAMPLES },
    );
    const inPoints = interval.map((end) => 100 * end) as [number, number];
    return [{
      id: spec.id,
      severity: members.every(({ gates }) => gates) ? spec.severity : "info",
      source: spec.source,
      title: "Together more accurate than one alone",
      subject: members.map(({ title }) => title).join(" + "),
      statistic: "Test accuracy of the summed logits minus that of the member with the best " +
        "validation accuracy, in percentage points; mean over replicates",
      estimate: 100 * estimate,
      interval: inPoints,
      level: LEVEL,
      test: intervalInWords(runs.length),
      pValue: null,
      expected: spec.expected,
      tolerance: `more than ${spec.threshold} points: ${spec.why}`,
      refutedBy: `An interval that lies below ${spec.threshold} points`,
      verdict: verdictFromInterval(inPoints, { min: spec.threshold }),
      explanation: `${percent(accuracyTogether(together))} together; ` +
        members.map((member) => `${member.title} ${percent(meanAccuracy(member))}`).join(", ") +
        `; compared with ${best.title}.`,
    }];
  });

/** The first of the best where several are equal; test images have no say. */
function bestMember(members: readonly ModelResult[]): ModelResult | undefined {
  const validation = ({ runs }: ModelResult) =>
    mean(runs.map((run) => run.validation?.accuracy ?? 0));
  return members.toSorted((a, b) => validation(b) - validation(a))[0];
}

function accuracyTogether({ runs }: EnsembleResult): number {
  return mean(runs.map(({ test }) => test.accuracy));
}
