/**
 * Prototypes that are the same.
 *
 * @module
 */
import { type PrototypeLayer, prototypesOfClass } from "./prototype_layer.ts";

/** Decimals to which vectors are compared, as in ProtoPNeXt. */
const DECIMALS = 1e8;

/** A class whose prototypes are all the same vector. */
export interface IdenticalPrototypes {
  readonly label: number;
  /** Prototypes of the class. */
  readonly count: number;
}

/** For each prototype the first one with the same vector, rounded to 8 decimals; often itself. */
export function firstAlike(layer: PrototypeLayer): Int32Array {
  const { vectors, depth } = layer;
  const known = new Map<string, number>();
  return layer.classOf.map((_, prototype) => {
    const vector = vectors.subarray(prototype * depth, (prototype + 1) * depth);
    const key = Array.from(vector, (value) => Math.round(value * DECIMALS)).join();
    const first = known.get(key) ?? prototype;
    known.set(key, first);
    return first;
  });
}

/** Different vectors among the prototypes. */
export function uniquePrototypes(layer: PrototypeLayer): number {
  return new Set(firstAlike(layer)).size;
}

/** Classes with several prototypes that are all the same: they explain as much as one would. */
export function identicalClasses(layer: PrototypeLayer): IdenticalPrototypes[] {
  const first = firstAlike(layer);
  const found: IdenticalPrototypes[] = [];
  for (let label = 0; label < layer.classes; label++) {
    const own = prototypesOfClass(layer, label);
    if (own.length > 1 && own.every((p) => first[p] === first[own[0]!])) {
      found.push({ label, count: own.length });
    }
  }
  return found;
}
