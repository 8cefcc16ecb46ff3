/**
 * Which parts a unit of a class points at, over the images of the class: consistency and stability (Huang
 * et al. 2023, EvalProtoPNet).
 *
 * @module
 */
import type { PartPoint } from "../../datasets/part_truth.ts";
import { type Average, averageOf } from "./average.ts";
import { type GroupHits, groupHits, type PartGroups } from "./part_groups.ts";
import { type Grid, peakPixel, pixelMap, squareAround } from "./unit_maps.ts";

/** How far the box reaches from the largest answer, in images: 36 of 224 pixels. */
export const HIT_REACH = 36 / 224;

/** A unit is consistent when it hits some part in at least this share of the images that show it. */
export const CONSISTENCY_THRESHOLD = 0.8;

/** Which parts lie within {@linkcode HIT_REACH} of the largest value of the upsampled map. */
export function mapHits(
  map: Float64Array,
  grid: Grid,
  size: number,
  points: readonly PartPoint[],
  groups: PartGroups,
): GroupHits {
  const { x, y } = peakPixel(pixelMap(map, grid, size), size);
  return groupHits(points, groups, squareAround(x, y, HIT_REACH * size));
}

/** What a unit of a class hit in the images of the class. */
export class HitCounts {
  readonly #hits: number[] = [];
  readonly #visible: number[] = [];
  #compared = 0;
  #unchanged = 0;

  /**
   * @param clean Parts hit in the image.
   * @param noisy Parts hit in the image with noise, where that was tried.
   */
  add(clean: GroupHits, noisy?: GroupHits): void {
    for (const [group, seen] of clean.visible.entries()) {
      this.#visible[group] = (this.#visible[group] ?? 0) + seen;
      this.#hits[group] = (this.#hits[group] ?? 0) + clean.hit[group]!;
    }
    if (noisy === undefined) return;
    this.#compared++;
    if (clean.hit.every((hit, group) => hit === noisy.hit[group])) this.#unchanged++;
  }

  /** The largest share of images, among those that show a part, in which the unit hits it. */
  get consistency(): number {
    return this.#hits.reduce(
      (best, hits, group) =>
        this.#visible[group] ? Math.max(best, hits / this.#visible[group]!) : best,
      0,
    );
  }

  /** The share of images in which noise changes none of the parts hit; null when none was tried. */
  get stability(): number | null {
    return this.#compared === 0 ? null : this.#unchanged / this.#compared;
  }
}

/** Share of consistent units, in [0, 1]. */
export function consistencyOf(units: Iterable<HitCounts>): Average {
  return averageOf(
    Array.from(units, ({ consistency }) => consistency >= CONSISTENCY_THRESHOLD ? 1 : 0),
  );
}

/** Mean stability of the units, in [0, 1]. */
export function stabilityOf(units: Iterable<HitCounts>): Average {
  return averageOf(Array.from(units, ({ stability }) => stability));
}
