/**
 * Networks whose layers are told apart by their order, not by their depth.
 *
 * @module
 */
import type { NetworkResult } from "../harness/spec/mod.ts";

/** Whether two layers share a depth, as a convolution and the pooling after it do. */
export function repeatsDepth({ layers }: NetworkResult): boolean {
  return new Set(layers.map(({ depth }) => depth)).size < layers.length;
}

/** Position of a layer in the paper's curve; -1 where the paper has no value for it. */
export function placeInPaper(network: NetworkResult, layer: number): number {
  const { paper, layers } = network;
  if (!paper) return -1;
  if (!repeatsDepth(network)) return paper.depth.indexOf(layers[layer]!.depth);
  return paper.id.length === layers.length ? layer : -1;
}

/** The layer before the output; undefined where the network's file ends earlier. */
export function lastHiddenLayer({ layers, fullDepth }: NetworkResult): number | undefined {
  const last = layers.length - 1;
  const lacking = fullDepth - (layers[last]?.depth ?? -1);
  return lacking === 0 ? last - 1 : lacking === 1 ? last : undefined;
}
