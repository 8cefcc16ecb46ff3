/**
 * How strongly, and where, an image activates each prototype.
 *
 * @module
 */
import { bestCell, distanceMap } from "./distances.ts";
import {
  type LatentMaps,
  type PrototypeLayer,
  requireLatentMaps,
  requirePrototypeLayer,
} from "./prototype_layer.ts";
import { similarityOf } from "./similarity.ts";

/** A prototype in an image. */
export interface Activation {
  readonly prototype: number;
  /** Class of the prototype. */
  readonly label: number;
  /** Best cell, a row-major index into the latent grid. */
  readonly cell: number;
  /** Squared distance there. */
  readonly distance: number;
  readonly similarity: number;
}

/**
 * The activation of every prototype, in their order.
 *
 * @throws {RunError} When the maps do not fit the layer.
 */
export function activationsOf(
  layer: PrototypeLayer,
  maps: LatentMaps,
  image: number,
): Activation[] {
  requirePrototypeLayer(layer);
  requireLatentMaps(layer, maps);
  const distances = new Float64Array(maps.height * maps.width);
  return Array.from(layer.classOf, (label, prototype) => {
    const best = bestCell(distanceMap(layer, maps, image, prototype, distances));
    return { prototype, label, ...best, similarity: similarityOf(best.distance, layer.similarity) };
  });
}

/** Similarity of every cell to a prototype: the activation map, height x width values. */
export function similarityMap(
  layer: PrototypeLayer,
  maps: LatentMaps,
  image: number,
  prototype: number,
): Float64Array {
  return distanceMap(layer, maps, image, prototype).map((d) => similarityOf(d, layer.similarity));
}
