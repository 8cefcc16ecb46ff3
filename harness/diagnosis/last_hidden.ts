/**
 * The ID of the last hidden layer beside the paper's networks (Ansuini et al. 2019, Figure 4).
 *
 * @module
 */
import type { NetworkResult } from "../spec/mod.ts";
import type { Finding } from "./finding.ts";
import { peakAndLast, withInterval } from "./layer_ids.ts";

/** The 14 ImageNet networks of Figure 4: lowest and highest, with so many images of all classes mixed. */
const PAPER = { low: 12, high: 25, images: 2000 } as const;

const TITLES = {
  above: "The ID of the last hidden layer is higher than in the paper's networks",
  within:
    "The ID of the last hidden layer is not clearly outside the range of the paper's networks",
  below: "The ID of the last hidden layer is lower than in the paper's networks",
} as const;

/** One finding; none without inner layers. */
export function lastHidden(model: NetworkResult): Finding[] {
  const found = peakAndLast(model);
  if (!found) return [];
  const { last } = found;
  const groups = model.layers[0]!.groups.length;
  const [low, high] = last.interval;
  const place = low > PAPER.high ? "above" : high < PAPER.low ? "below" : "within";
  const samples = groups > 1
    ? `${groups} groups of ${last.n} images each, which the paper found not to go with accuracy`
    : `one group of ${last.n} images`;
  return [{
    id: "last-hidden",
    concern: place === "above",
    title: TITLES[place],
    seen:
      `${withInterval(last)} at "${last.name}", from ${samples}; in the paper ${PAPER.low} to ` +
      `${PAPER.high}, from ${PAPER.images} images of many classes.`,
    meaning: place === "above"
      ? "a higher test error than in networks of its family with a lower ID (r = 0.94 over the " +
        "paper's 14 networks)."
      : "nothing unusual; across networks on the same images a lower ID goes with a lower test error.",
    limit:
      "a test error: the value moves with the number and the kind of the images and with the " +
      "data the network was trained on. Compare it only with other networks on these images.",
  }];
}
