/**
 * Purity: whether the images that answer to a unit most show the same part there (Nauta et al. 2023,
 * PIP-Net).
 *
 * @module
 */
import type { PartPoint } from "../../datasets/part_truth.ts";
import { type Average, averageOf } from "./average.ts";
import { groupHits, type PartGroups } from "./part_groups.ts";
import type { TopImage } from "./top_images.ts";
import { type Grid, squareAround } from "./unit_maps.ts";

/** Images a unit is judged by. */
export const PURITY_IMAGES = 10;

/** Side of the box in images: 32 of 224 pixels. */
export const PURITY_SIDE = 32 / 224;

/** Purity of one unit. */
export interface UnitPurity {
  readonly unit: number;
  /** max over parts of hits / images where the part is visible; 0 when none ever is. */
  readonly purity: number;
  /** The part it is reached with, the first of equal ones; null when there is none. */
  readonly part: number | null;
  /**
   * The same ratio for the part with the most hits (of equal ones, the purer): a part that is seen in one
   * image only cannot make this 1 when another was hit twice.
   */
  readonly ofMostHit: number;
  readonly mostHitPart: number | null;
}

/** Purity of a model. */
export interface Purity {
  readonly units: readonly UnitPurity[];
  readonly purity: Average;
  readonly ofMostHit: Average;
  /** Units with a purity above 0.5. */
  readonly aboveHalf: number;
}

/** Where images and parts are. */
export interface PurityTruth {
  readonly grid: Grid;
  /** Pixels of a side of the image. */
  readonly size: number;
  /** By image. */
  readonly points: readonly (readonly PartPoint[])[];
  readonly groups: PartGroups;
}

/**
 * Purity of one unit, by a square of 1/7 of the image's side around the centre of the best cell of each
 * image: on a 7 x 7 grid that is the cell.
 *
 * @param images Those with the largest answers, of any class, one patch an image.
 */
export function unitPurity(
  unit: number,
  images: readonly TopImage[],
  { grid: { rows, columns }, size, points, groups }: PurityTruth,
): UnitPurity {
  const hits: number[] = [];
  const visible: number[] = [];
  for (const { image, cell } of images) {
    const x = (cell % columns + 0.5) * size / columns;
    const y = (Math.floor(cell / columns) + 0.5) * size / rows;
    const found = groupHits(points[image]!, groups, squareAround(x, y, PURITY_SIDE * size / 2));
    for (const [group, seen] of found.visible.entries()) {
      visible[group] = (visible[group] ?? 0) + seen;
      hits[group] = (hits[group] ?? 0) + found.hit[group]!;
    }
  }
  const rate = (group: number) => visible[group] ? hits[group]! / visible[group]! : 0;
  let pure: number | null = null;
  let most: number | null = null;
  for (const group of hits.keys()) {
    if (hits[group] === 0) continue;
    if (pure === null || rate(group) > rate(pure)) pure = group;
    if (
      most === null || hits[group]! > hits[most]! ||
      hits[group] === hits[most] && rate(group) > rate(most)
    ) most = group;
  }
  return {
    unit,
    purity: pure === null ? 0 : rate(pure),
    part: pure,
    ofMostHit: most === null ? 0 : rate(most),
    mostHitPart: most,
  };
}

/** Purity of the relevant units. */
export function purityOf(units: readonly UnitPurity[]): Purity {
  return {
    units,
    purity: averageOf(units.map(({ purity }) => purity)),
    ofMostHit: averageOf(units.map(({ ofMostHit }) => ofMostHit)),
    aboveHalf: units.filter(({ purity }) => purity > 0.5).length,
  };
}
