/**
 * Pruning: prototypes whose nearest patches belong to other classes stand for something all classes
 * share, most often background, and go (Chen et al. 2019, supplement; the authors' prune.py).
 *
 * @module
 */
import { RunError } from "../base/mod.ts";
import type { NearPatch } from "./nearest_patches.ts";
import { type PrototypeLayer, requirePrototypeLayer } from "./prototype_layer.ts";

/** Nearest images that the authors look at. */
export const PRUNING_NEIGHBOURS = 6;

/** The authors keep a prototype with at least so many neighbours of its class. */
export const PRUNING_THRESHOLD = 3;

/** A prototype that went. */
export interface PrunedPrototype {
  /** Its number before pruning. */
  readonly prototype: number;
  readonly label: number;
  /** Nearest images of its class. */
  readonly ofOwnClass: number;
}

/** What pruning leaves. */
export interface Pruning {
  readonly layer: PrototypeLayer;
  /** Numbers, before pruning, of the prototypes that stay, ascending. */
  readonly kept: Int32Array;
  readonly pruned: readonly PrunedPrototype[];
  /** Classes that had prototypes and have none now: only negative points are left to them. */
  readonly emptied: readonly number[];
}

/**
 * Removes every prototype that has fewer than `threshold` images of its class among its nearest ones.
 * What stays keeps its bits and its order. Afterwards the last layer wants training.
 *
 * @param nearest By prototype its nearest training images: {@linkcode PRUNING_NEIGHBOURS} by custom.
 * @throws {RunError} When no prototype would stay, or one has fewer neighbours than the threshold.
 */
export function prune(
  layer: PrototypeLayer,
  nearest: readonly (readonly NearPatch[])[],
  threshold: number = PRUNING_THRESHOLD,
): Pruning {
  requirePrototypeLayer(layer);
  if (nearest.length !== layer.classOf.length) {
    throw new RunError(
      `pruning: found neighbours of ${nearest.length} prototypes, wanted ${layer.classOf.length}`,
    );
  }
  const few = nearest.findIndex((images) => images.length < threshold);
  if (few >= 0) {
    throw new RunError(
      `pruning: prototype ${few} has ${
        nearest[few]!.length
      } neighbours, wanted at least ${threshold}`,
    );
  }
  const ofOwnClass = nearest.map((images, prototype) =>
    images.filter(({ label }) => label === layer.classOf[prototype]).length
  );
  const all = Int32Array.from(layer.classOf.keys());
  const kept = all.filter((prototype) => ofOwnClass[prototype]! >= threshold);
  if (kept.length === 0) {
    throw new RunError(
      `pruning: none of ${all.length} prototypes has ${threshold} neighbours of its class`,
    );
  }
  const pruned = Array.from(all.filter((prototype) => ofOwnClass[prototype]! < threshold), (p) => ({
    prototype: p,
    label: layer.classOf[p]!,
    ofOwnClass: ofOwnClass[p]!,
  }));
  const after = keepPrototypes(layer, kept);
  const emptied = [...new Set(layer.classOf)].filter((label) => !after.classOf.includes(label));
  return { layer: after, kept, pruned, emptied: emptied.sort((a, b) => a - b) };
}

/** The layer with some of its prototypes: their rows of vectors and their columns of the last layer. */
export function keepPrototypes(layer: PrototypeLayer, kept: Int32Array): PrototypeLayer {
  const { classes, depth } = layer;
  const before = layer.classOf.length;
  const vectors = new Float32Array(kept.length * depth);
  const weights = new Float32Array(kept.length * classes);
  for (const [at, prototype] of kept.entries()) {
    vectors.set(layer.vectors.subarray(prototype * depth, (prototype + 1) * depth), at * depth);
    for (let k = 0; k < classes; k++) {
      weights[k * kept.length + at] = layer.weights[k * before + prototype]!;
    }
  }
  return {
    ...layer,
    vectors,
    weights,
    classOf: kept.map((prototype) => layer.classOf[prototype]!),
  };
}
