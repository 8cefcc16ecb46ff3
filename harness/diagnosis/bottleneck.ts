/**
 * Layers with hardly more units than the representation before them has dimensions.
 *
 * @module
 */
import type { Finding, NetworkResult } from "../spec/mod.ts";

import { digits, innerLayers, layerIds } from "./layer_ids.ts";

/** Units for each dimension of the layer before, below which a layer counts as narrow. */
const NARROW = 4;

/** One finding for each narrow inner layer. */
export function bottleneck(model: NetworkResult): Finding[] {
  const layers = layerIds(model);
  return innerLayers(layers).flatMap((layer, at) => {
    const before = layers[at]!;
    if (layer.units >= NARROW * before.id) return [];
    return [{
      id: "bottleneck",
      concern: true,
      title: `Layer "${layer.name}" is narrow`,
      seen: `it has ${layer.units} units for a representation of ID ${digits(before.id)} at ` +
        `"${before.name}"; after it the ID is ${digits(layer.id)}.`,
      meaning: "the width, not the task, decides how much passes; a wider layer may help.",
      limit:
        "a loss: a narrow layer can be meant as one, and the ID says nothing about which directions " +
        "matter to the task.",
    }];
  });
}
