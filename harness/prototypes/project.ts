/**
 * Projection ("push"): each prototype becomes the nearest latent patch of a training image of its class
 * (Chen et al. 2019, section 2.2, stage 2), and so can be shown as a piece of that image.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import { distinctPatches } from "./distinct_patches.ts";
import { distanceMap, patchOf } from "./distances.ts";
import { admissibleImages, type LatentBatches } from "./latent_batch.ts";
import { offer } from "./nearest_list.ts";
import {
  type PrototypeLayer,
  prototypesOfClass,
  requirePrototypeLayer,
} from "./prototype_layer.ts";
import type { Candidate, SourcePatch } from "./source_patch.ts";
import { firstAlike, identicalClasses, type IdenticalPrototypes } from "./unique_prototypes.ts";

/** What projection makes of a layer. */
export interface Projection {
  /** The layer with the patches for prototypes; all else as before. */
  readonly layer: PrototypeLayer;
  /** By prototype. */
  readonly sources: readonly SourcePatch[];
  /** Prototypes that come from the same place, or have the same vector, as an earlier one. */
  readonly duplicates: number;
  /** Classes whose several prototypes are now all the same. */
  readonly identical: readonly IdenticalPrototypes[];
  /** Admissible images of each class. */
  readonly images: Int32Array;
}

/** Which patches may be shared. */
export interface ProjectionOptions {
  /**
   * True gives the prototypes of a class different places (image and cell), nearest pairs first; false, as
   * the authors do, gives each its nearest patch. Default: false.
   */
  readonly distinct?: boolean;
}

/**
 * Projects every prototype. Only a strictly smaller distance replaces a patch: ties keep the earliest
 * image and, in it, the first cell row by row.
 *
 * @param batches Latent maps of the training images, not augmented, in evaluation mode.
 * @throws {RunError} When a class has no admissible image, an image has a class that the layer does not
 * know, a distance is not a number, or distinct places run out.
 */
export async function project(
  layer: PrototypeLayer,
  batches: LatentBatches,
  { distinct = false }: ProjectionOptions = {},
): Promise<Projection> {
  requirePrototypeLayer(layer);
  const own = Array.from({ length: layer.classes }, (_, k) => prototypesOfClass(layer, k));
  const candidates = Array.from(layer.classOf, (): Candidate[] => []);
  const images = new Int32Array(layer.classes);
  for await (const { maps, at, image, label } of admissibleImages(layer, batches)) {
    const prototypes = own[label];
    if (prototypes === undefined) {
      throw new RunError(
        `projection: image ${image} is of class ${label}, wanted 0 to ${layer.classes - 1}`,
      );
    }
    images[label]!++;
    for (const prototype of prototypes) {
      const distances = distanceMap(layer, maps, at, prototype);
      for (const [cell, distance] of distances.entries()) {
        if (Number.isNaN(distance)) {
          throw new RunError(
            `projection: the distance of prototype ${prototype} to image ${image} is not a number`,
          );
        }
        offer(
          candidates[prototype]!,
          distinct ? prototypes.length : 1,
          distance,
          () => ({ image, cell, distance, vector: patchOf(maps, at, cell) }),
        );
      }
    }
  }
  const empty = own.findIndex((prototypes, label) => prototypes.length > 0 && images[label] === 0);
  if (empty >= 0) {
    throw new RunError(`projection: class ${empty} has no admissible image, wanted at least one`);
  }
  const patches = candidates.map((list) => list[0]!);
  if (distinct) {
    for (const [label, prototypes] of own.entries()) {
      const assigned = distinctPatches(label, Array.from(prototypes, (p) => candidates[p]!));
      for (const [at, prototype] of prototypes.entries()) patches[prototype] = assigned[at]!;
    }
  }
  return projection(layer, patches, images);
}

function projection(
  before: PrototypeLayer,
  patches: readonly Candidate[],
  images: Int32Array,
): Projection {
  const vectors = new Float32Array(before.vectors.length);
  for (const [p, { vector }] of patches.entries()) vectors.set(vector, p * before.depth);
  const layer = { ...before, vectors };
  const alike = firstAlike(layer);
  const places = new Set<string>();
  let duplicates = 0;
  for (const [p, { image, cell }] of patches.entries()) {
    const place = `${image}:${cell}`;
    if (places.has(place) || alike[p] !== p) duplicates++;
    places.add(place);
  }
  const sources = patches.map(({ image, cell, distance }) => ({ image, cell, distance }));
  return { layer, sources, duplicates, identical: identicalClasses(layer), images };
}
