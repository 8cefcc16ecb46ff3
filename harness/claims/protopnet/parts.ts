/**
 * proto.parts: a prototype looks at one part of the object (Chen et al. 2019, Figures 1 and 3), measured
 * where the parts are known, and against units of networks that do not learn prototypes.
 *
 * @module
 */
import { mean } from "../../stats/mod.ts";
import type { ClaimResult, ModelResult } from "../../spec/mod.ts";
import { digits } from "../claim.ts";
import { checkRuns, type ProtopnetClaimCheck, prototypeModels, severityFor } from "./claim.ts";

/** The metric that decides, on test images. */
const PURITY = "purity";

/** One result a model: the purity of its prototypes. */
export const parts: ProtopnetClaimCheck = (spec, evidence) =>
  prototypeModels(evidence).flatMap((model): ClaimResult[] => {
    const own = metricByRun(model, PURITY);
    if (own.size === 0) return [];
    return [{
      ...checkRuns([...own.values()], { min: spec.threshold }),
      id: spec.id,
      severity: severityFor(spec, model),
      source: spec.source,
      title: "A prototype looks at one part",
      subject: model.title,
      statistic:
        "Purity: of the ten test patches that a prototype likes best, the share that shows " +
        "the same part; mean over prototypes and replicates",
      expected: spec.expected,
      tolerance: `at least ${spec.threshold}: ${spec.why}`,
      refutedBy: `An interval that lies below ${spec.threshold}`,
      explanation: `By replicate: ${[...own.values()].map(digits).join(", ")}. Others: ${
        others(model, evidence.models)
      }.`,
    }];
  });

/** One result for each ProtoPNet that has a class activation mapping of the same backbone beside it. */
export const purerThanCam: ProtopnetClaimCheck = (spec, evidence) =>
  prototypeModels(evidence).flatMap((model): ClaimResult[] => {
    const cam = evidence.models.find(({ kind, backbone, data }) =>
      kind === "cam" && backbone === model.backbone && data === model.data
    );
    if (!cam) return [];
    const [own, its] = [metricByRun(model, PURITY), metricByRun(cam, PURITY)];
    const differences = [...own].flatMap(([replicate, value]) => {
      const other = its.get(replicate);
      return other === undefined ? [] : [value - other];
    });
    if (differences.length === 0) return [];
    return [{
      ...checkRuns(differences, { min: spec.threshold }),
      id: spec.id,
      severity: severityFor(spec, model),
      source: spec.source,
      title: "Prototypes are purer than the channels of a class activation map",
      subject: `${model.title} against ${cam.title}`,
      statistic:
        "Purity of the prototypes minus that of the ten strongest channels of each class; " +
        "mean over replicates",
      expected: spec.expected,
      tolerance: `more than ${spec.threshold}: ${spec.why}`,
      refutedBy: `An interval that lies below ${spec.threshold}`,
      explanation: `By replicate: ${differences.map(digits).join(", ")}.`,
    }];
  });

/** Values of a metric by replicate. */
export function metricByRun({ runs }: ModelResult, id: string): Map<number, number> {
  return new Map(runs.flatMap(({ replicate, metrics }) => {
    const value = metrics.find((metric) => metric.id === id)?.value;
    return value === undefined || value === null ? [] : [[replicate, value] as const];
  }));
}

function others(model: ModelResult, models: readonly ModelResult[]): string {
  const listed = models.filter((other) => other !== model).flatMap((other) => {
    const values = [...metricByRun(other, PURITY).values()];
    return values.length === 0 ? [] : [`${other.title} ${digits(mean(values))}`];
  });
  return listed.join(", ") || "none measured";
}
