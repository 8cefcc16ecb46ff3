/**
 * Parts that come in a left and a right one, as one part.
 *
 * @module
 */
import type { PartPoint } from "../part_truth.ts";

/** Parts of which left and right are one, and how to merge their points. */
export interface MergedSides {
  readonly names: readonly string[];
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
  return {
    names: [...members.keys()],
    merge: (points) =>
      Array.from(members.values(), (sides) => {
        const seen = sides.find((at) => points[at]!.visible);
        return points[seen ?? sides[0]!]!;
      }),
  };
}
