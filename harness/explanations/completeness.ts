/**
 * Completeness of explanations (Hesse et al. 2023): do the important parts contain what decides?
 *
 * @module
 */
import { type Average, averageOf } from "./average.ts";
import { RELEVANT_DROP } from "./background_independence.ts";
import { type InterventionRecord, THRESHOLDS } from "./intervention_record.ts";

/** Completeness at one threshold. */
export interface Completeness {
  readonly threshold: number;
  /** Controlled synthetic data check, over correctly classified images. */
  readonly csdc: Average;
  /** Preservation check. */
  readonly pc: Average;
  /** Deletion check. */
  readonly dc: Average;
  /** Distractibility. */
  readonly d: Average;
  /** ((CSDC + PC + DC) / 3 + D) / 2; null when one of them is not defined. */
  readonly completeness: number | null;
}

/**
 * Completeness at the threshold that maximises it, the first of equal ones, as the protocol has it.
 *
 * @param sufficientSets By class: minimal sufficient sets of parts.
 * @param at Position in {@linkcode THRESHOLDS}, when the threshold was chosen on other images.
 */
export function completenessOf(
  records: readonly InterventionRecord[],
  sufficientSets: readonly (readonly (readonly number[])[])[],
  at?: number,
): Completeness {
  if (at !== undefined) return completenessAt(records, sufficientSets, at);
  const value = ({ completeness }: Completeness) => completeness ?? -Infinity;
  return THRESHOLDS.map((_, each) => completenessAt(records, sufficientSets, each))
    .reduce((best, other) => value(other) > value(best) ? other : best);
}

/** Completeness at position `at` of {@linkcode THRESHOLDS}. */
export function completenessAt(
  records: readonly InterventionRecord[],
  sufficientSets: readonly (readonly (readonly number[])[])[],
  at: number,
): Completeness {
  const correct = records.filter(({ label, predicted }) => label === predicted);
  const csdc = averageOf(correct.map((r) => syntheticDataCheck(r, sufficientSets[r.label]!, at)));
  const pc = averageOf(records.map(({ outcomes }) => outcomes[at]!.preserved ? 1 : 0));
  const dc = averageOf(records.map(({ outcomes }) => outcomes[at]!.deleted ? 1 : 0));
  const d = averageOf(records.map((record) => distractibility(record, at)));
  const means = [csdc.mean, pc.mean, dc.mean, d.mean];
  const completeness = means.some((mean) => mean === null)
    ? null
    : ((csdc.mean! + pc.mean! + dc.mean!) / 3 + d.mean!) / 2;
  return { threshold: THRESHOLDS[at]!, csdc, pc, dc, d, completeness };
}

/**
 * max over minimal sufficient sets S of |S and important| / |S|. Only sets whose parts can all be seen
 * count; null when there is none.
 */
export function syntheticDataCheck(
  { drops, outcomes }: InterventionRecord,
  sufficientSets: readonly (readonly number[])[],
  at: number,
): number | null {
  const visible = new Set(drops.filter(({ kind }) => kind === "part").map(({ id }) => id));
  const important = outcomes[at]!.important.parts;
  const shares = sufficientSets.filter((set) => set.every((part) => visible.has(part)))
    .map((set) => set.filter((part) => important.includes(part)).length / set.length);
  return shares.length === 0 ? null : Math.max(...shares);
}

/**
 * 1 - share of the irrelevant parts and objects that are called important. Irrelevant is what changes the
 * logit by less than 5 % of its size, or raises it, when removed; null when all is relevant.
 */
export function distractibility(
  { drops, logit, outcomes }: InterventionRecord,
  at: number,
): number | null {
  const { parts, objects } = outcomes[at]!.important;
  const irrelevant = drops.filter(({ drop }) =>
    Math.abs(drop) < RELEVANT_DROP * Math.abs(logit) || drop < 0
  );
  if (irrelevant.length === 0) return null;
  const distracting = irrelevant.filter(({ kind, id }) =>
    (kind === "part" ? parts : objects).includes(id)
  );
  return 1 - distracting.length / irrelevant.length;
}
