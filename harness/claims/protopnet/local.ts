/**
 * proto.local: the nearest patches of a prototype come from its own class, and prototypes for which
 * they do not can be pruned at little cost (Chen et al. 2019, section 2.3).
 *
 * @module
 */
import type { ClaimResult } from "../../spec/mod.ts";
import {
  checkRuns,
  percent,
  type ProtopnetClaimCheck,
  prototypeModels,
  severityFor,
} from "./claim.ts";

/** One result a model: what pruning costs. */
export const pruningCost: ProtopnetClaimCheck = (spec, evidence) =>
  prototypeModels(evidence).flatMap((model): ClaimResult[] => {
    const prunings = model.runs.flatMap(({ pruning }) => pruning ?? []);
    if (prunings.length === 0) return [];
    const differences = prunings.map((run) => 100 * (run.accuracyAfter - run.accuracyBefore));
    return [{
      ...checkRuns(differences, { min: spec.threshold }),
      id: spec.id,
      severity: severityFor(spec, model),
      source: spec.source,
      title: "Pruning prototypes of no class costs little",
      subject: model.title,
      statistic: "Test accuracy after pruning and another optimisation of the last layer minus " +
        "that before, in percentage points; mean over replicates",
      expected: spec.expected,
      tolerance: `at least ${spec.threshold} points: ${spec.why}`,
      refutedBy: `An interval that lies below ${spec.threshold} points`,
      explanation: prunings.map((run) =>
        `${run.removed} of ${run.removed + run.kept} prototypes removed: ` +
        `${percent(run.accuracyBefore)} before, ${percent(run.accuracyPruned)} without them, ` +
        `${percent(run.accuracyAfter)} after`
      ).join("; ") + ".",
    }];
  });

/** One result a model: how many of the nearest training patches are of the prototype's class. */
export const ownNeighbours: ProtopnetClaimCheck = (spec, evidence) =>
  prototypeModels(evidence).flatMap((model): ClaimResult[] => {
    const shares = model.runs.flatMap(({ ownClassNeighbours }) => ownClassNeighbours ?? []);
    if (shares.length === 0) return [];
    return [{
      ...checkRuns(shares, { min: spec.threshold }),
      id: spec.id,
      severity: severityFor(spec, model),
      source: spec.source,
      title: "The nearest patches are of the prototype's class",
      subject: model.title,
      statistic: "Share of the nearest training patches of all prototypes that come from images " +
        "of the prototype's class; mean over replicates",
      expected: spec.expected,
      tolerance: `at least ${spec.threshold}: ${spec.why}`,
      refutedBy: `An interval that lies below ${spec.threshold}`,
      explanation: `By replicate: ${shares.map(percent).join(", ")}.`,
    }];
  });
