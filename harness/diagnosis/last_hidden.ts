/**
 * The ID of the last hidden layer beside the paper's networks (Ansuini et al. 2019, Figure 4).
 *
 * @module
 */
import type { Finding, InspectedAccuracy, NetworkResult } from "../spec/mod.ts";
import { pearsonCorrelation } from "../stats/mod.ts";

import { digits, peakAndLast, withInterval } from "./layer_ids.ts";
import { IMAGES_OF_FIGURE_4, networksOfFigure4 } from "./papers_networks.ts";

const TITLES = {
  above: "The ID of the last hidden layer is higher than in the paper's networks",
  within:
    "The ID of the last hidden layer is not clearly outside the range of the paper's networks",
  below: "The ID of the last hidden layer is lower than in the paper's networks",
} as const;

/**
 * One finding; none without inner layers.
 *
 * @param accuracy On the same images, where their classes are known.
 */
export function lastHidden(model: NetworkResult, accuracy: InspectedAccuracy | null): Finding[] {
  const found = peakAndLast(model);
  if (!found) return [];
  const { last } = found;
  const paper = networksOfFigure4();
  const [lowest, highest] = [paper[0]!, paper.at(-1)!];
  const [low, high] = last.interval;
  const place = low > highest.id ? "above" : high < lowest.id ? "below" : "within";
  const { groups } = model.layers[0]!;
  const samples = groups.length > 1
    ? `${groups.length} groups of ${last.n} images each, which the paper found not to go with accuracy`
    : `one group of ${last.n} images`;
  const seen = [
    `${withInterval(last)} at "${last.name}", from ${samples}; in the paper ${digits(lowest.id)} ` +
    `(${lowest.name}, top-5 error ${lowest.top5Error} %) to ${digits(highest.id)} ` +
    `(${highest.name}, ${highest.top5Error} %), from ${IMAGES_OF_FIGURE_4} images of many classes.`,
    ...accuracy ? [errorText(accuracy)] : [],
  ];
  return [{
    id: "last-hidden",
    concern: place === "above",
    title: TITLES[place],
    seen: seen.join(" "),
    meaning: place === "above"
      ? `a higher test error than in networks of its family with a lower ID (r = ${
        digits(pearsonCorrelation(paper.map(({ id, top5Error }) => ({ x: id, y: top5Error }))))
      } over the paper's ${paper.length} networks).`
      : "nothing unusual; across networks on the same images a lower ID goes with a lower test error.",
    limit:
      "a test error: the value moves with the number and the kind of the images and with the " +
      "data the network was trained on. Compare it only with other networks on these images.",
  }];
}

function errorText({ top1, top5, images }: InspectedAccuracy): string {
  const error = (share: number) => `${digits(100 * (1 - share))} %`;
  return `Its error on these ${images} images: ${error(top1)}` +
    `${
      top5 === null ? "" : ` (top-5 ${error(top5)})`
    }; if it was trained on them, that is no test error.`;
}
