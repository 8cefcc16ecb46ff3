/**
 * How important an explanation makes each part and background object (Hesse et al. 2023; Oplatek et al.
 * 2024 for the similarity maps).
 *
 * @module
 */
import type { ImageExplanation, Unit } from "./explained_model.ts";
import type { Target } from "./image_targets.ts";
import { type Grid, mapBox, pixelMap } from "./unit_maps.ts";

/**
 * `boxes`: every unit counts score x weight on each pixel of its 95th-percentile box; a target is
 * important when the union of the boxes covers more than a share of its pixels. `maps` ("SSM"): every
 * unit counts weight x its upsampled map; a target is important when its widened region holds more than a
 * share of the whole sum.
 */
export type ImportanceConvention = "boxes" | "maps";

/** Importance of the targets of an image. */
export interface TargetImportance {
  /** By target: what it counts. */
  readonly values: Float64Array;
  /** By target: the share that a threshold is compared with. */
  readonly shares: Float64Array;
}

/** Importance of each target when class `label` is explained. */
export function targetImportance(
  explanation: ImageExplanation,
  label: number,
  targets: readonly Target[],
  size: number,
  convention: ImportanceConvention,
): TargetImportance {
  const evidence = explanation.evidenceFor(label);
  return convention === "boxes"
    ? byBoxes(evidence, explanation, targets, size)
    : byMaps(evidence, explanation, targets, size);
}

function byBoxes(
  evidence: readonly Unit[],
  grid: Grid,
  targets: readonly Target[],
  size: number,
): TargetImportance {
  const points = new Float64Array(size * size);
  const covered = new Uint8Array(size * size);
  for (const { map, score, weight } of evidence) {
    const box = mapBox(pixelMap(map, grid, size), size);
    for (let y = box.top; y < box.bottom; y++) {
      for (let x = box.left; x < box.right; x++) {
        points[y * size + x]! += score * weight;
        covered[y * size + x] = 1;
      }
    }
  }
  return {
    values: Float64Array.from(targets, ({ pixels }) => sumAt(points, pixels)),
    shares: Float64Array.from(targets, ({ pixels }) => sumAt(covered, pixels) / pixels.length),
  };
}

function byMaps(
  evidence: readonly Unit[],
  grid: Grid,
  targets: readonly Target[],
  size: number,
): TargetImportance {
  // Upsampling is linear: the sum of the maps is upsampled once.
  const sum = new Float64Array(grid.rows * grid.columns);
  for (const { map, weight } of evidence) {
    for (const [cell, value] of map.entries()) sum[cell]! += weight * value;
  }
  const attribution = pixelMap(sum, grid, size);
  const total = attribution.reduce((all, value) => all + value, 0);
  const values = Float64Array.from(targets, ({ widened }) => sumAt(attribution, widened));
  // Where the map argues against the class altogether no share of it speaks for anything.
  return { values, shares: values.map((value) => total > 0 ? value / total : 0) };
}

function sumAt(values: Float64Array | Uint8Array, pixels: Int32Array): number {
  let sum = 0;
  for (const at of pixels) sum += values[at]!;
  return sum;
}
