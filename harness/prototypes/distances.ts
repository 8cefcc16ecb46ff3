/**
 * Squared distances between prototypes and the patches of a latent map.
 *
 * They are summed directly, as (z - p)^2 in float64: the usual expansion z^2 - 2zp + p^2 cancels, and
 * near distance 0, where the log similarity is steepest, its float32 error changes similarities by 0.1.
 *
 * @module
 */
import type { LatentMaps, PrototypeLayer } from "./prototype_layer.ts";

/** Where a prototype fits an image best. */
export interface BestCell {
  /** Row-major index into the latent grid. */
  readonly cell: number;
  /** Squared distance there. */
  readonly distance: number;
}

/**
 * Distances of prototype `prototype` to every cell of image `image`.
 *
 * @param target Receives height x width values, row by row; made when absent.
 */
export function distanceMap(
  layer: PrototypeLayer,
  maps: LatentMaps,
  image: number,
  prototype: number,
  target: Float64Array = new Float64Array(maps.height * maps.width),
): Float64Array {
  const { depth, data } = maps;
  const cells = maps.height * maps.width;
  let at = image * depth * cells;
  target.fill(0);
  for (let d = 0; d < depth; d++) {
    const value = layer.vectors[prototype * depth + d]!;
    for (let cell = 0; cell < cells; cell++) {
      const difference = data[at++]! - value;
      target[cell]! += difference * difference;
    }
  }
  return target;
}

/** The smallest distance and the first cell, row by row, that has it. */
export function bestCell(distances: Float64Array): BestCell {
  let cell = 0;
  for (let at = 1; at < distances.length; at++) {
    if (distances[at]! < distances[cell]!) cell = at;
  }
  return { cell, distance: distances[cell]! };
}

/** The latent vector of a cell: depth values. */
export function patchOf(maps: LatentMaps, image: number, cell: number): Float32Array {
  const cells = maps.height * maps.width;
  const start = image * maps.depth * cells + cell;
  return Float32Array.from({ length: maps.depth }, (_, d) => maps.data[start + d * cells]!);
}
