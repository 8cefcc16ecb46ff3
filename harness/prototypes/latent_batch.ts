/**
 * Latent maps as they come from a data set, batch after batch.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import { type LatentMaps, type PrototypeLayer, requireLatentMaps } from "./prototype_layer.ts";

/** Latent maps of successive images; images are numbered through all batches, from 0. */
export interface LatentBatch {
  readonly maps: LatentMaps;
  /** Class of each image. */
  readonly labels: ArrayLike<number>;
  /** 1 where an image may be looked at, 0 where not (for instance with parts removed); absent: all. */
  readonly admissible?: ArrayLike<number>;
}

/** One image that may be looked at. */
export interface LatentImage {
  readonly maps: LatentMaps;
  /** Position in `maps`. */
  readonly at: number;
  /** Number through all batches. */
  readonly image: number;
  readonly label: number;
}

/** Batches, at once or as they are computed. */
export type LatentBatches = AsyncIterable<LatentBatch> | Iterable<LatentBatch>;

/**
 * The admissible images, in order.
 *
 * @throws {RunError} When a batch does not fit the layer, or has labels or a mask of another length.
 */
export async function* admissibleImages(
  layer: PrototypeLayer,
  batches: LatentBatches,
): AsyncGenerator<LatentImage> {
  let first = 0;
  for await (const { maps, labels, admissible } of batches) {
    requireLatentMaps(layer, maps);
    requireOneEach("labels", labels.length, maps.count);
    if (admissible) requireOneEach("mask entries", admissible.length, maps.count);
    for (let at = 0; at < maps.count; at++) {
      if (admissible?.[at] === 0) continue;
      yield { maps, at, image: first + at, label: labels[at]! };
    }
    first += maps.count;
  }
}

function requireOneEach(what: string, found: number, wanted: number): void {
  if (found !== wanted) {
    throw new RunError(`latent maps: found ${found} ${what} for ${wanted} images, wanted one each`);
  }
}
