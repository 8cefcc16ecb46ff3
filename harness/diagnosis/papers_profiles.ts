/**
 * The shape of the profile beside those of the paper's fourteen networks (Ansuini et al. 2019,
 * Figure 3B).
 *
 * @module
 */
import type { Finding, NetworkResult } from "../spec/mod.ts";
import { digits, layerIds } from "./layer_ids.ts";
import { type Shape, shapeOf, shapesOfFigure3 } from "./papers_networks.ts";

const NAMES: Readonly<Record<keyof Shape, string>> = {
  peakAt: "relative depth of the peak",
  rise: "peak / input",
  fall: "peak / last hidden layer",
};

/** One finding; none without inner layers. */
export function papersProfiles(model: NetworkResult): Finding[] {
  if (model.layers.length < 3) return [];
  const own = shapeOf(
    model.layers.map(({ relativeDepth }) => relativeDepth),
    layerIds(model).map(({ id }) => id),
  );
  const theirs = shapesOfFigure3();
  const compared = (Object.keys(NAMES) as (keyof Shape)[]).map((key) => {
    const values = theirs.map((shape) => shape[key]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const outside = own[key] < low || own[key] > high;
    return {
      outside,
      text: `${NAMES[key]} ${digits(own[key])} (there ${digits(low)} to ${digits(high)}${
        outside ? ", outside" : ""
      })`,
    };
  });
  const outside = compared.filter((one) => one.outside).length;
  return [{
    id: "papers-profiles",
    concern: false,
    title: outside === 0
      ? "The profile has the shape of those of the paper's networks"
      : `In ${outside} of 3 respects the profile differs from those of all of the paper's networks`,
    seen: `${compared.map(({ text }) => text).join("; ")}.`,
    meaning: outside === 0
      ? "nothing unusual for a network trained to classify photographs."
      : "another kind of network, training or images; the figure with the paper's curves shows where.",
    limit:
      "anything about quality: the paper's curves are means over seven classes of 500 ImageNet " +
      "images, one class at a time, and heights and places move with the images and their number.",
  }];
}
