/**
 * Whether projected prototypes are what they claim to be: patches of their images.
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import { bestCell, distanceMap } from "./distances.ts";
import { admissibleImages, type LatentBatches } from "./latent_batch.ts";
import type { NearPatch } from "./nearest_patches.ts";
import { type PrototypeLayer, requirePrototypeLayer } from "./prototype_layer.ts";
import type { SourcePatch } from "./source_patch.ts";

/** How projected prototypes fit their images, looked at anew. */
export interface ProjectionCheck {
  /** Largest squared distance from a prototype to the patch it is to equal. */
  readonly largestDistance: number;
  /** Prototypes that some other cell of their own image fits better. */
  readonly notAtArgmax: readonly number[];
}

/**
 * Compares every prototype with its patch in the latent maps as they are computed now.
 *
 * @param sources By prototype, as {@linkcode project} gave them.
 * @param batches The batches of the projection, their masks included.
 * @throws {RunError} When an image or cell of a source is not in the batches.
 */
export async function checkProjection(
  layer: PrototypeLayer,
  sources: readonly SourcePatch[],
  batches: LatentBatches,
): Promise<ProjectionCheck> {
  requirePrototypeLayer(layer);
  const missing = new Set(sources.keys());
  const notAtArgmax: number[] = [];
  let largestDistance = 0;
  for await (const { maps, at, image } of admissibleImages(layer, batches)) {
    for (const prototype of missing) {
      const source = sources[prototype]!;
      if (source.image !== image || source.cell >= maps.height * maps.width) continue;
      const distances = distanceMap(layer, maps, at, prototype);
      const own = distances[source.cell]!;
      largestDistance = Math.max(largestDistance, own);
      if (bestCell(distances).distance < own) notAtArgmax.push(prototype);
      missing.delete(prototype);
    }
  }
  const [lost] = missing;
  if (lost !== undefined) {
    const { image, cell } = sources[lost]!;
    throw new RunError(
      `projection: found no cell ${cell} of image ${image}, which prototype ${lost} is to come from`,
    );
  }
  return { largestDistance, notAtArgmax: notAtArgmax.sort((a, b) => a - b) };
}

/** Share of the prototypes' nearest images that are of the prototype's own class. */
export function ownClassShare(
  layer: PrototypeLayer,
  nearest: readonly (readonly NearPatch[])[],
): number {
  const own = nearest.flatMap((images, prototype) =>
    images.map(({ label }) => label === layer.classOf[prototype])
  );
  return own.filter((isOwn) => isOwn).length / own.length;
}
