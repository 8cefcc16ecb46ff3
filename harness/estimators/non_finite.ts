/**
 * Finding the first NaN or infinity among features.
 *
 * @module
 */
import type { Features } from "./features.ts";

/** A feature that is not a finite number; the caller knows which layer and which image. */
export class NonFiniteFeatureError extends Error {
  override name = "NonFiniteFeatureError";

  constructor(readonly point: number, readonly feature: number, readonly value: number) {
    super(`Cannot measure distances: feature ${feature} of point ${point} is ${value}`);
  }
}

/** The first feature, slab by slab, that is not a finite number. */
export function firstNonFinite(
  features: Features,
): { point: number; feature: number; value: number } | undefined {
  for (let slab = 0; slab < features.slabs; slab++) {
    const width = features.width(slab);
    const at = features.read(slab, 0, features.points).findIndex((value) =>
      !Number.isFinite(value)
    );
    if (at >= 0) {
      const point = Math.floor(at / width);
      const feature = slab * features.slabWidth + at % width;
      return { point, feature, value: features.read(slab, point, point + 1)[at % width]! };
    }
  }
  return undefined;
}
