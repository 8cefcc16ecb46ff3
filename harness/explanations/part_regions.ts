/**
 * Parts as sets of pixels.
 *
 * @module
 */
import {
  BACKGROUND,
  objectRegion,
  partRegion,
  type PartTruth,
  type RegionMap,
} from "../../datasets/part_truth.ts";
import { type Box, boxOverlap, tightBox } from "../prototypes/mod.ts";
import { holds } from "./unit_maps.ts";

/** Boxes of the visible parts by part; undefined where a part is not visible or has no pixel. */
export function partBoxes({ points }: PartTruth, regions: RegionMap): (Box | undefined)[] {
  const { width, height, data } = regions;
  return points.map(({ visible }, part) => {
    const region = partRegion(part);
    return visible ? tightBox(width, height, (at) => data[at] === region) : undefined;
  });
}

/** The largest intersection over union of a box with a part's; 0 without visible part. */
export function bestPartOverlap(box: Box, parts: readonly (Box | undefined)[]): number {
  return parts.reduce((best, part) => part ? Math.max(best, boxOverlap(box, part)) : best, 0);
}

/** Visible parts that a box holds: a pixel of them, or their point where only points are known. */
export function partsInBox({ points, regions }: PartTruth, box: Box): number[] {
  if (regions === null) {
    return points.flatMap((point, part) => point.visible && holds(box, point) ? [part] : []);
  }
  const seen = new Set<number>();
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) seen.add(regions.data[y * regions.width + x]!);
  }
  return points.flatMap(({ visible }, part) => visible && seen.has(partRegion(part)) ? [part] : []);
}

/** Where a map's positive values lie (the pointing game's energy; CaBRNet's relevance). */
export interface Energy {
  /** Share on the object: its body and parts. */
  readonly object: number;
  /** Share on the visible part that has the most of it. */
  readonly part: number;
}

/** Energy of a map over the pixels; null when nothing is positive. */
export function energyOf(
  map: Float64Array,
  { points }: PartTruth,
  { data }: RegionMap,
): Energy | null {
  const byRegion = new Float64Array(256);
  for (const [at, value] of map.entries()) if (value > 0) byRegion[data[at]!]! += value;
  const total = byRegion.reduce((sum, value) => sum + value, 0);
  if (total === 0) return null;
  const outside = byRegion.subarray(objectRegion(0), OBJECTS_END)
    .reduce((sum, value) => sum + value, byRegion[BACKGROUND]!);
  const part = points.reduce(
    (best, { visible }, at) => visible ? Math.max(best, byRegion[partRegion(at)]!) : best,
    0,
  );
  return { object: (total - outside) / total, part: part / total };
}

/** Behind the last background object's region. */
const OBJECTS_END = objectRegion(126) + 1;
