/**
 * Correlations along one axis of an image, tile by tile, as matrices.
 *
 * @module
 */
import { type Matrix, MOST_POINTS, toomCook } from "./toom_cook.ts";
import type { SlidingWindow } from "./window.ts";

/** Largest tile: outputs along an axis that are computed together. */
const LARGEST_TILE = 4;

/** One axis: for each tile the matrix from positions to points, and for each tile that from outputs to points. */
export interface AxisPlan {
  readonly points: number;
  readonly tiles: number;
  /** [tiles][points][positions] */
  readonly data: readonly Matrix[];
  /** [points][taps] */
  readonly weights: Matrix;
  /** [tiles][points][outputs] */
  readonly output: readonly Matrix[];
}

/**
 * With stride s the taps l, l + s, l + 2 s, ... meet only every s-th input, so that each of these phases is a
 * correlation with stride 1 of its own, and their results add up. Padding is left out of the matrices.
 *
 * @returns Nothing where even a tile of one output takes too many points.
 */
export function axisPlan(window: SlidingWindow, axis: number): AxisPlan | undefined {
  const [stride, pad] = [window.strides[axis]!, window.padsBefore[axis]!];
  const [taps, inputs, outputs] = [window.kernel, window.input, window.output]
    .map((sizes) => sizes[axis]!) as [number, number, number];
  const largest = Math.min(LARGEST_TILE, MOST_POINTS + 1 - Math.ceil(taps / stride));
  if (largest < 1) return;
  const tiles = Math.ceil(outputs / largest);
  const tile = Math.ceil(outputs / tiles);
  const phases = Array.from({ length: Math.min(stride, taps) }, (_, phase) => ({
    phase,
    ...toomCook(tile, Math.ceil((taps - phase) / stride)),
  }));
  const each = <T>(size: number, value: (i: number) => T) =>
    Array.from({ length: size }, (_, i) => value(i));
  const data = each(
    tiles,
    (t) =>
      phases.flatMap(({ phase, data }) =>
        data.map((row) =>
          each(inputs, (position) => {
            const at = (position + pad - phase) / stride - t * tile;
            return Number.isInteger(at) ? row[at] ?? 0 : 0;
          })
        )
      ),
  );
  const weights = phases.flatMap(({ phase, weights }) =>
    weights.map((row) =>
      each(taps, (tap) => (tap - phase) % stride === 0 ? row[(tap - phase) / stride] ?? 0 : 0)
    )
  );
  const output = each(
    tiles,
    (t) =>
      phases.flatMap(({ output }) =>
        output[0]!.map((_, point) => each(outputs, (at) => output[at - t * tile]?.[point] ?? 0))
      ),
  );
  return { points: weights.length, tiles, data, weights, output };
}
