/**
 * proto.additive: the score of a class is the sum of similarity x weight over the prototypes, so that
 * the explanation is the computation (Chen et al. 2019, section 2.1, Figure 3).
 *
 * @module
 */
import { digits } from "../claim.ts";
import { type ProtopnetClaimCheck, prototypeModels, severityFor } from "./claim.ts";

/** One result a model: the largest error over all runs, images and classes. */
export const additive: ProtopnetClaimCheck = (spec, evidence) =>
  prototypeModels(evidence).flatMap((model) => {
    const measured = model.runs.flatMap(({ additivity }) => additivity ?? []);
    if (measured.length === 0) return [];
    const largest = Math.max(...measured.map(({ largestError }) => largestError));
    const images = measured.reduce((sum, run) => sum + run.images, 0);
    return [{
      id: spec.id,
      severity: severityFor(spec, model),
      source: spec.source,
      title: "The points add up to the logit",
      subject: model.title,
      statistic: "Largest |sum of similarity x weight - logit| over all test images and classes",
      estimate: largest,
      interval: null,
      level: null,
      test:
        `none: an identity, computed in float64 beside the network's float32 on ${images} images`,
      pValue: null,
      expected: spec.expected,
      tolerance: `at most ${spec.threshold}: ${spec.why}`,
      refutedBy: `A logit that differs by more than ${spec.threshold}`,
      verdict: largest <= spec.threshold ? "reproduced" as const : "not reproduced" as const,
      explanation: `Over ${measured.length} training runs: ${
        measured.map(({ largestError }) => digits(largestError)).join(", ")
      }.`,
    }];
  });
