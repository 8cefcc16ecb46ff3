/**
 * How much a person has to look at.
 *
 * @module
 */
import { type PrototypeLayer, uniquePrototypes } from "../prototypes/mod.ts";

/** A weight up to this counts as no connection (Nauta et al. 2023). */
export const NO_CONNECTION = 1e-3;

/** Share of the positive points that the local size has to explain. */
export const LOCAL_SHARE = 0.9;

/** Share of the largest answer from which on a unit counts as active (quanproto). */
export const ACTIVE_SHARE = 0.1;

/** Global size: units with a weight above 0.001 to some class. */
export function globalSize(weights: Float32Array, units: number): number {
  const connected = new Uint8Array(units);
  for (const [at, weight] of weights.entries()) {
    if (weight > NO_CONNECTION) connected[at % units] = 1;
  }
  return connected.reduce((sum, one) => sum + one, 0);
}

/** Share of a last layer's weights that are no connection. */
export interface Sparsity {
  /** Weights <= 0.001, as PIP-Net counts: negative connections, which it does not have, are none. */
  readonly positive: number;
  /** |weights| <= 0.001: for layers like ProtoPNet's that also argue against classes. */
  readonly absolute: number;
}

/** Sparsity of a last layer. */
export function sparsityOf(weights: Float32Array): Sparsity {
  const share = (isNone: (weight: number) => boolean) =>
    weights.filter(isNone).length / weights.length;
  return {
    positive: share((weight) => weight <= NO_CONNECTION),
    absolute: share((weight) => Math.abs(weight) <= NO_CONNECTION),
  };
}

/**
 * Local size: the fewest units whose points make 90 % of the positive points of the predicted class; 0
 * when no point is positive.
 */
export function unitsForPoints(points: Float64Array): number {
  const positive = points.filter((value) => value > 0).sort().reverse();
  const wanted = LOCAL_SHARE * positive.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  let units = 0;
  while (units < positive.length && sum < wanted) sum += positive[units++]!;
  return units;
}

/** Local size after quanproto: units whose answer exceeds 10 % of the largest one. */
export function activeUnits(scores: Float64Array): number {
  const largest = scores.reduce((best, score) => Math.max(best, score), -Infinity);
  return scores.filter((score) => score > ACTIVE_SHARE * largest).length;
}

/** ProtoPNeXt's composite of what explains well. */
export interface Composite {
  /** K (1 + 1/HW) / (unique prototypes + unique parts / HW) with prototypes of one cell: K / unique. */
  readonly sparsity: number;
  /** Mean of min(sparsity, 1), stability and consistency. */
  readonly prototypeScore: number;
  /** accuracy x prototypeScore. */
  readonly accuracyScore: number;
}

/** The composite of a ProtoPNet; accuracy, stability and consistency are shares in [0, 1]. */
export function compositeOf(
  layer: PrototypeLayer,
  { accuracy, stability, consistency }: {
    readonly accuracy: number;
    readonly stability: number;
    readonly consistency: number;
  },
): Composite {
  const sparsity = layer.classes / uniquePrototypes(layer);
  const prototypeScore = (Math.min(sparsity, 1) + stability + consistency) / 3;
  return { sparsity, prototypeScore, accuracyScore: accuracy * prototypeScore };
}
