/**
 * proto.cases: after the projection each prototype is a patch of a training image of its class (Chen et
 * al. 2019, section 2.2, stage 2).
 *
 * @module
 */
import { digits } from "../claim.ts";
import { percent, type ProtopnetClaimCheck, prototypeModels, severityFor } from "./claim.ts";

/** One result a model: the largest distance over the prototypes of all runs. */
export const cases: ProtopnetClaimCheck = (spec, evidence) =>
  prototypeModels(evidence).flatMap((model) => {
    const projections = model.runs.flatMap(({ projection }) => projection ?? []);
    if (projections.length === 0) return [];
    const largest = Math.max(...projections.map(({ largestDistance }) => largestDistance));
    const elsewhere = projections.reduce((sum, { notAtArgmax }) => sum + notAtArgmax, 0);
    const duplicates = projections.reduce((sum, run) => sum + run.duplicates, 0);
    const total = projections.length * (model.prototypes ?? 0);
    return [{
      id: spec.id,
      severity: severityFor(spec, model),
      source: spec.source,
      title: "Each prototype is a patch of a training image",
      subject: model.title,
      statistic: "Largest squared distance from a prototype to the patch it stands for, computed " +
        "again through the network",
      estimate: largest,
      interval: null,
      level: null,
      test: "none: an identity, checked for each prototype",
      pValue: null,
      expected: spec.expected,
      tolerance: `at most ${spec.threshold}, and the patch is where its image answers most: ` +
        spec.why,
      refutedBy: "A prototype that is no patch, or whose image answers more strongly elsewhere",
      verdict: largest <= spec.threshold && elsewhere === 0
        ? "reproduced" as const
        : "not reproduced" as const,
      explanation: `${elsewhere} of ${total} prototypes answer more strongly elsewhere in their ` +
        `image; ${duplicates} equal another one. Validation accuracy before and after the ` +
        `projection: ${
          projections.map((run) => `${shown(run.accuracyBefore)}, ${shown(run.accuracyAfter)}`)
            .join("; ")
        }. Mean distance moved: ${projections.map(({ moved }) => digits(moved)).join(", ")}.`,
    }];
  });

function shown(accuracy: number | null): string {
  return accuracy === null ? "not measured" : percent(accuracy);
}
