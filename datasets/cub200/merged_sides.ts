/**
 * Parts that come in a left and a right one, as one part.
 *
 * @module
 */
import type { PartPoint } from "../part_truth.ts";

/** Parts of which left and right are one, and how to merge their points. */
export interface MergedSides {
  readonly names: readonly string[];
  /** By part: the merged part that it belongs to. */
  readonly groups: readonly number[];
  /** The point of a merged part is its visible side's; the left one's when both are visible. */
  merge(points: readonly PartPoint[]): PartPoint[];
}

/** Merges `left wing` and `right wing` to `wing`: the 15 parts of CUB-200-2011 become 12. */
export function mergedSides(names: readonly string[]): MergedSides {
  const members = new Map<string, number[]>();
  for (const [at, name] of names.entries()) {
    const merged = name.replace(/^(left|right) /, "");
    members.set(merged, [...members.get(merged) ?? [], at]);
  }
  const merged = [...members.values()];
  return {
    names: [...members.keys()],
    groups: names.map((_, at) => merged.findIndex((sides) => sides.includes(at))),
    merge: (points) =>
      merged.map((sides) => {
        const seen = sides.find((at) => points[at]!.visible);
        return points[seen ?? sides[0]!]!;
      }),
  };
}
