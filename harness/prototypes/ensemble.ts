/**
 * Ensembles: the logits of independently trained networks, summed with equal weights (Chen et al. 2019,
 * section 3.2).
 *
 * @module
 */
import { RunError } from "../base/mod.ts";

/**
 * Sums logits of the same images and classes; the sum is rounded to float32 once, so that an ensemble of
 * one is that network.
 *
 * @param members Logits of each network, all in the same layout.
 * @throws {RunError} Without members, or when their lengths differ.
 */
export function ensembleLogits(members: readonly Float32Array[]): Float32Array {
  const [first] = members;
  if (first === undefined) throw new RunError("ensemble: found no network, wanted at least one");
  const other = members.find(({ length }) => length !== first.length);
  if (other) {
    throw new RunError(
      `ensemble: found ${first.length} and ${other.length} logits, wanted as many`,
    );
  }
  return first.map((_, at) => members.reduce((sum, logits) => sum + logits[at]!, 0));
}
