/**
 * Parts that count as one, for instance left and right wing.
 *
 * @module
 */
import type { PartPoint } from "../../datasets/part_truth.ts";
import type { Box } from "../prototypes/mod.ts";
import { holds } from "./unit_maps.ts";

/** By part: its group, numbered from 0. CUB's 15 parts become 12 (Nauta et al. 2023). */
export type PartGroups = readonly number[];

/** Every part a group of its own. */
export function ungrouped(parts: number): PartGroups {
  return Array.from({ length: parts }, (_, part) => part);
}

/** What a box holds, by group. */
export interface GroupHits {
  /** 1 where some part of the group is visible. */
  readonly visible: Uint8Array;
  /** 1 where the point of some visible part of the group lies in the box. */
  readonly hit: Uint8Array;
}

/** Which groups of parts a box holds. */
export function groupHits(points: readonly PartPoint[], groups: PartGroups, box: Box): GroupHits {
  const count = 1 + groups.reduce((most, group) => Math.max(most, group), -1);
  const visible = new Uint8Array(count);
  const hit = new Uint8Array(count);
  for (const [part, point] of points.entries()) {
    if (!point.visible) continue;
    visible[groups[part]!] = 1;
    if (holds(box, point)) hit[groups[part]!] = 1;
  }
  return { visible, hit };
}
