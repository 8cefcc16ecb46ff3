/**
 * The images that come nearest to each prototype: what it stands for, over a whole set.
 *
 * @module
 */
import { bestCell, distanceMap } from "./distances.ts";
import { admissibleImages, type LatentBatches } from "./latent_batch.ts";
import { offer } from "./nearest_list.ts";
import { type PrototypeLayer, requirePrototypeLayer } from "./prototype_layer.ts";

/** The patch of an image that is nearest to a prototype. */
export interface NearPatch {
  /** Number of the image through all batches. */
  readonly image: number;
  /** Class of the image. */
  readonly label: number;
  /** Row-major index into the latent grid. */
  readonly cell: number;
  /** Squared distance. */
  readonly distance: number;
}

/**
 * For each prototype the `count` nearest images of any class, one patch an image, nearest first; ties
 * keep the order of the images. Pruning takes 6 training images; the authors' global analysis 6 training
 * images, the first being the prototype's own, and 5 test images.
 *
 * @throws {RunError} When the batches do not fit the layer.
 */
export async function nearestPatches(
  layer: PrototypeLayer,
  batches: LatentBatches,
  count: number,
): Promise<NearPatch[][]> {
  requirePrototypeLayer(layer);
  const nearest = Array.from(layer.classOf, (): NearPatch[] => []);
  for await (const { maps, at, image, label } of admissibleImages(layer, batches)) {
    const distances = new Float64Array(maps.height * maps.width);
    for (const [prototype, list] of nearest.entries()) {
      const { cell, distance } = bestCell(distanceMap(layer, maps, at, prototype, distances));
      offer(list, count, distance, () => ({ image, label, cell, distance }));
    }
  }
  return nearest;
}
