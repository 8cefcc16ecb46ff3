/**
 * A start for prototypes: latent patches of training images of their class.
 *
 * @module
 */
import { randomStream, RunError, sampleWithoutReplacement } from "../base/mod.ts";
import { patchOf } from "./distances.ts";
import { admissibleImages, type LatentBatches } from "./latent_batch.ts";
import {
  type PrototypeLayer,
  prototypesOfClass,
  requirePrototypeLayer,
} from "./prototype_layer.ts";

/**
 * Gives the prototypes of each class a random cell each, in different admissible images of the class.
 *
 * The authors start from uniform numbers in [0, 1], far from every patch. The cluster loss moves only
 * the prototype that is nearest, and the logarithmic similarity of a far one has hardly any gradient, so
 * that with few training steps most prototypes of a class are never used.
 *
 * @param batches Latent maps of the training images, not augmented, in evaluation mode.
 * @returns The layer with these vectors; all else as before.
 * @throws {RunError} When a class has fewer admissible images than prototypes, or a batch does not fit.
 */
export async function firstPrototypes(
  layer: PrototypeLayer,
  batches: LatentBatches,
  seed: number,
): Promise<PrototypeLayer> {
  requirePrototypeLayer(layer);
  const patches = Array.from({ length: layer.classes }, (): Float32Array[] => []);
  const cells = randomStream(seed, "first prototypes", "cells");
  for await (const { maps, at, image, label } of admissibleImages(layer, batches)) {
    if (label >= layer.classes) {
      throw new RunError(
        `first prototypes: image ${image} is of class ${label}, wanted 0 to ${layer.classes - 1}`,
      );
    }
    const cell = cells.integer(maps.height * maps.width);
    patches[label]!.push(patchOf(maps, at, cell));
  }
  const vectors = layer.vectors.slice();
  for (const [label, found] of patches.entries()) {
    const own = prototypesOfClass(layer, label);
    if (found.length < own.length) {
      throw new RunError(
        `first prototypes: class ${label} has ${found.length} images for ${own.length} prototypes, ` +
          "wanted one each",
      );
    }
    const images = randomStream(seed, "first prototypes", "images", label);
    for (
      const [at, image] of sampleWithoutReplacement(images, found.length, own.length).entries()
    ) {
      vectors.set(found[image]!, own[at]! * layer.depth);
    }
  }
  return { ...layer, vectors };
}
