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
    const largest = Math.max(...measured.map((run) => run.largestError));
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
        "none: an identity; similarities are found from the latent maps anew, in float64, and the " +
        `network adds its float32 similarities in float64, on ${images} images`,
      pValue: null,
      expected: spec.expected,
      tolerance: `at most ${spec.threshold}: ${spec.why}`,
      refutedBy: `A logit that differs from its points by more than ${spec.threshold}`,
      verdict: largest <= spec.threshold ? "reproduced" as const : "not reproduced" as const,
      explanation: `By training run: ${
        measured.map(({ largestError }) => digits(largestError)).join(", ")
      }.`,
    }];
  });
