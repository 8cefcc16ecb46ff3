/**
 * Dropout (Srivastava et al. 2014): nothing when a network is used, random zeros when it is trained.
 *
 * @module
 */
import { UsageError } from "../base/mod.ts";
import type { GraphBuilder } from "../graph/mod.ts";
import type { NetOptions } from "./architecture.ts";

/**
 * Adds the node, and `<name>.ratio` as its constant; without dropout the value stays as it is.
 *
 * @throws {UsageError} When the share of units to drop is below 0 or not below 1.
 */
export function dropout(
  graph: GraphBuilder,
  name: string,
  x: string,
  { dropout: ratio = 0 }: NetOptions,
): string {
  if (ratio === 0) return x;
  if (!(ratio > 0 && ratio < 1)) {
    throw new UsageError(`Cannot drop a share of ${ratio} of the units: wanted 0 <= dropout < 1`);
  }
  const data = Float32Array.of(ratio);
  const share = graph.constant(`${name}.ratio`, { type: "float32", dims: [], data });
  return graph.add(name, "Dropout", [x, share]);
}
