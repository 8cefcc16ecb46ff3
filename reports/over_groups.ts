/**
 * Mean and spread of one estimate over the groups of images at one layer.
 *
 * @module
 */
import type { GroupResult, LayerResult } from "../harness/spec/mod.ts";

/** An average with how far its parts lie apart; no unit. */
export interface Spread {
  readonly mean: number;
  /** Population standard deviation over groups, as in the paper; 0 with one group. */
  readonly std: number;
}

/** One number of a group; null where the run did not estimate it. */
export type NumberOf = (group: GroupResult) => number | null;

/** The paper's estimator: TwoNN, F = i/N, on all points. */
export const twonnFit: NumberOf = ({ estimates }) => estimates.twonn_fit.value;

/** Mean and standard deviation over groups; undefined unless every group has the number. */
export function overGroups({ groups }: LayerResult, numberOf: NumberOf): Spread | undefined {
  const values = groups.map(numberOf).filter((value) => value !== null);
  if (values.length === 0 || values.length < groups.length) return undefined;
  return spreadOf(values);
}

/** Mean and population standard deviation of at least one value. */
export function spreadOf(values: readonly number[]): Spread {
  const mean = average(values);
  return { mean, std: Math.sqrt(average(values.map((value) => (value - mean) ** 2))) };
}

/**
 * The paper's estimator at one layer: mean over groups with their standard deviation, or with
 * d/sqrt(N) where there is but one group.
 */
export function idAt(layer: LayerResult): Spread | undefined {
  const spread = overGroups(layer, twonnFit);
  return spread && layer.groups.length === 1
    ? { mean: spread.mean, std: layer.groups[0]!.estimates.twonn_fit.standardError }
    : spread;
}

/** Position of the layer with the highest mean of the paper's estimator; -1 without layers. */
export function highestLayer(layers: readonly LayerResult[]): number {
  const means = layers.map((layer) => overGroups(layer, twonnFit)?.mean ?? -Infinity);
  return means.indexOf(Math.max(...means));
}

/** Mean of at least one value. */
export function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
