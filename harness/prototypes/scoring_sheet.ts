/**
 * The scoring sheet of a class: "this looks like that", in points (Chen et al. 2019, Figure 3).
 *
 * @module
 */
import type { Activation } from "./activations.ts";
import type { PrototypeLayer } from "./prototype_layer.ts";

/** A line of the sheet. */
export interface ScoringRow extends Activation {
  /** Connection of the prototype to the class of the sheet. */
  readonly weight: number;
  /** similarity x weight. */
  readonly points: number;
}

/** Why an image gets the logit of a class. */
export interface ScoringSheet {
  readonly label: number;
  /** Prototypes of the class, most similar first. */
  readonly own: readonly ScoringRow[];
  /** All other prototypes, the largest |points| first. */
  readonly others: readonly ScoringRow[];
  readonly ownPoints: number;
  readonly otherPoints: number;
  /** Points of all prototypes: the logit. */
  readonly total: number;
}

/** The sheet of class `label` for the image that gave `activations`. */
export function scoringSheet(
  layer: PrototypeLayer,
  activations: readonly Activation[],
  label: number,
): ScoringSheet {
  const rows = activations.map((activation): ScoringRow => {
    const weight = layer.weights[label * layer.classOf.length + activation.prototype]!;
    return { ...activation, weight, points: activation.similarity * weight };
  });
  const own = rows.filter((row) => row.label === label);
  const others = rows.filter((row) => row.label !== label);
  const ownPoints = sumOfPoints(own);
  const otherPoints = sumOfPoints(others);
  return {
    label,
    own: own.sort((a, b) => b.similarity - a.similarity),
    others: others.sort((a, b) => Math.abs(b.points) - Math.abs(a.points)),
    ownPoints,
    otherPoints,
    total: ownPoints + otherPoints,
  };
}

/** How far the points of a sheet are from the network's logit. */
export interface PointsGap {
  /** |total - logit|. */
  readonly absolute: number;
  /** The same over max(1, sum of |points|): what rounding of a network that adds in float32 bounds. */
  readonly relative: number;
}

/** Compares the sheet with the network's logit. */
export function pointsGap({ own, others, total }: ScoringSheet, logit: number): PointsGap {
  const absolute = Math.abs(total - logit);
  const size = [...own, ...others].reduce((sum, { points }) => sum + Math.abs(points), 0);
  return { absolute, relative: absolute / Math.max(1, size) };
}

/** Classes by descending logit, equal ones by number: the prediction, then its rivals. */
export function rankedClasses(logits: ArrayLike<number>): number[] {
  return Array.from(logits, (_, label) => label).sort((a, b) => logits[b]! - logits[a]!);
}

/**
 * Prototypes whose largest weight is not that to their own class: their cases argue for another class,
 * and a sheet with them wants a warning.
 */
export function misassignedPrototypes({ classOf, classes, weights }: PrototypeLayer): number[] {
  const prototypes = classOf.length;
  return Array.from(classOf.keys()).filter((p) => {
    const own = weights[classOf[p]! * prototypes + p]!;
    for (let k = 0; k < classes; k++) if (weights[k * prototypes + p]! > own) return true;
    return false;
  });
}

function sumOfPoints(rows: readonly ScoringRow[]): number {
  return rows.reduce((sum, { points }) => sum + points, 0);
}
