/**
 * Whether training, and not the architecture, made the shape of the profile (Ansuini et al. 2019,
 * Figure 5C).
 *
 * @module
 */
import type { Finding, NetworkResult } from "../spec/mod.ts";

import { digits, innerLayers, type LayerId, layerIds } from "./layer_ids.ts";

/** Highest ID of the inner layers / ID of the input, up to which a profile counts as flat. */
const FLAT = 1.5;

/** One finding; none without inner layers or a twin. */
export function untrainedTwinShape(
  model: NetworkResult,
  twin: NetworkResult | undefined,
): Finding[] {
  if (!twin || model.layers.length < 3) return [];
  const [own, other] = [riseOf(model), riseOf(twin)];
  const concern = own.rise <= FLAT || other.rise >= own.rise;
  const isFlat = other.rise <= FLAT;
  return [{
    id: "untrained-twin",
    concern,
    title: concern
      ? "The profile does not stand out against its untrained twin"
      : isFlat
      ? "The untrained twin is flat, the network is not"
      : "The untrained twin rises less than the network",
    seen:
      `from the input to the highest inner layer the ID goes ${own.text} in the network (a factor ` +
      `of ${digits(own.rise)}) and ${other.text} in the twin (${
        digits(other.rise)
      }; up to ${FLAT} ` +
      "counts as flat).",
    meaning: concern
      ? "the architecture and the images give much of the shape, or the network is hardly trained."
      : "training made the shape.",
    limit: "the same of other initialisations: the twin's weights are one draw of He's normal, " +
      "without batch normalisation where that is merged into the weights. That the ID falls where " +
      "the network pools proves nothing either: the twin's does too.",
  }];
}

function riseOf(network: NetworkResult): { rise: number; text: string } {
  const layers = layerIds(network);
  const [input] = layers as [LayerId, ...LayerId[]];
  const highest = Math.max(...innerLayers(layers).map(({ id }) => id));
  return { rise: highest / input.id, text: `from ${digits(input.id)} to ${digits(highest)}` };
}
