/**
 * Networks whose training differs from another's in one thing.
 *
 * @module
 */
import type { NetworkResult } from "../spec/mod.ts";

/** A changed network and the one without the change, with groups (replicates) in the same order. */
export interface ControlPair {
  readonly changed: NetworkResult;
  readonly plain: NetworkResult;
}

/** The pairs of a run that differ in the given thing. */
export function controlPairs(
  networks: readonly NetworkResult[],
  changes: "labels" | "luminance",
): ControlPair[] {
  return networks.flatMap((changed) => {
    const control = changed.recipe?.control;
    if (control?.changes !== changes) return [];
    const plain = networks.find(({ id }) => id === control.of);
    return plain ? [{ changed, plain }] : [];
  });
}

/** changed / plain at one layer, one ratio a replicate. */
export function ratiosAt(
  changed: readonly (readonly number[])[],
  plain: readonly (readonly number[])[],
  layer: number,
): number[] {
  return changed.map((curve, g) => curve[layer]! / plain[g]![layer]!);
}
