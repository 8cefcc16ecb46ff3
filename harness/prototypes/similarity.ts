/**
 * Similarity of a latent patch to a prototype, from their squared distance (Chen et al. 2019,
 * section 2.1).
 *
 * @module
 */
import type { PrototypeLayer } from "./prototype_layer.ts";

/** Keeps the logarithm finite at distance 0. */
export const LOG_EPSILON = 1e-4;

/**
 * `log`: ln((d + 1) / (d + 1e-4)), from 9.21034 at d = 0 down to 0. `linear`: -d.
 *
 * @param distance Squared L2 distance, not negative.
 */
export function similarityOf(distance: number, kind: PrototypeLayer["similarity"]): number {
  return kind === "linear" ? -distance : Math.log((distance + 1) / (distance + LOG_EPSILON));
}
