/**
 * From an explanation to the renderings that test it, and back to a record.
 *
 * @module
 */
import { predictedClass } from "./explained_model.ts";
import type { ImageExplanation } from "./explained_model.ts";
import type { ContrastPair } from "./contrast_pair.ts";
import type { Target } from "./image_targets.ts";
import {
  type ImportantThings,
  type InterventionRecord,
  type ThresholdOutcome,
  THRESHOLDS,
} from "./intervention_record.ts";
import type { Removal } from "./intervention_source.ts";
import {
  type ImportanceConvention,
  type TargetImportance,
  targetImportance,
} from "./target_importance.ts";

/** One image under one convention: what is to be rendered, and what it will tell. */
export interface InterventionPlan {
  readonly removals: readonly Removal[];
  /** The record, once the model has seen the image without things. */
  record(logitsWithout: (removal: Removal) => Float32Array): InterventionRecord;
}

/** What is known of an image. */
export interface InterventionImage {
  readonly image: number;
  readonly label: number;
  readonly size: number;
  /** Number of parts, visible or not. */
  readonly parts: number;
  readonly explanation: ImageExplanation;
  readonly targets: readonly Target[];
  readonly pair: ContrastPair | null;
}

/** Plans the interventions on one image. */
export function planInterventions(
  subject: InterventionImage,
  convention: ImportanceConvention,
): InterventionPlan {
  const { image, label, size, explanation, targets, pair } = subject;
  const importanceFor = (k: number) => targetImportance(explanation, k, targets, size, convention);
  const importance = importanceFor(label);
  const important = THRESHOLDS.map((threshold) => importantAt(importance, targets, threshold));
  const allBut = ({ parts }: ImportantThings) =>
    without(Array.from({ length: subject.parts }, (_, p) => p).filter((p) => !parts.includes(p)));
  return {
    removals: [
      ...targets.map(withoutTarget),
      ...important.flatMap((things) => [without(things.parts), allBut(things)]),
      ...(pair ?? []).map(({ parts }) => without(parts)),
    ],
    record(logitsWithout) {
      const predicted = predictedClass(explanation);
      const predictedWithout = (removal: Removal) =>
        predictedClass({ ...explanation, logits: logitsWithout(removal) });
      const logit = explanation.logits[label]!;
      return {
        image,
        label,
        predicted,
        logit,
        drops: targets.map((target, at) => ({
          kind: target.kind,
          id: target.id,
          drop: logit - logitsWithout(withoutTarget(target))[label]!,
          importance: importance.values[at]!,
        })),
        outcomes: important.map((things): ThresholdOutcome => ({
          important: things,
          preserved: predictedWithout(allBut(things)) === predicted,
          deleted: predictedWithout(without(things.parts)) !== predicted,
        })),
        contrast: pair &&
          contrastOf(pair, targets, importanceFor, explanation.logits, logitsWithout),
      };
    },
  };
}

function importantAt(
  { shares }: TargetImportance,
  targets: readonly Target[],
  threshold: number,
): ImportantThings {
  const ids = (kind: Target["kind"]) =>
    targets.flatMap((target, at) =>
      target.kind === kind && shares[at]! > threshold ? [target.id] : []
    );
  return { parts: ids("part"), objects: ids("object") };
}

/**
 * Target sensitivity. The model must itself tell the classes' parts apart: removing the parts shared with
 * a must lower a's logit by more than removing those shared with b, and the other way round.
 */
function contrastOf(
  pair: ContrastPair,
  targets: readonly Target[],
  importanceFor: (label: number) => TargetImportance,
  logits: Float32Array,
  logitsWithout: (removal: Removal) => Float32Array,
): number | null {
  const drop = (label: number, parts: readonly number[]) =>
    logits[label]! - logitsWithout(without(parts))[label]!;
  const importances = pair.map(({ label }) => importanceFor(label).values);
  const importanceOf = (parts: readonly number[], values: Float64Array) =>
    targets.reduce(
      (sum, { kind, id }, at) => kind === "part" && parts.includes(id) ? sum + values[at]! : sum,
      0,
    );
  let score = 0;
  for (const [at, { label, parts }] of pair.entries()) {
    const other = 1 - at;
    if (!(drop(label, parts) > drop(label, pair[other]!.parts))) return null;
    if (importanceOf(parts, importances[at]!) > importanceOf(parts, importances[other]!)) {
      score += 0.5;
    }
  }
  return score;
}

function without(parts: readonly number[]): Removal {
  return { parts, object: null };
}

function withoutTarget({ kind, id }: Target): Removal {
  return kind === "part" ? without([id]) : { parts: [], object: id };
}
