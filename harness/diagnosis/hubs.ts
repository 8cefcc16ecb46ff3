/**
 * How much of the peak is the work of a few images that are nearest neighbours of many.
 *
 * @module
 */
import type { Finding, NetworkResult } from "../spec/mod.ts";
import { mean } from "../stats/mod.ts";

import { digits, peakAndLast } from "./layer_ids.ts";

/** Share of the images with one nearest neighbour in common from which a hub counts as strong. */
const STRONG_SHARE = 0.05;

/** Relative change of the estimate without the strongest hundredth that counts as much. */
const MUCH = 0.25;

/** One finding; none without inner layers. */
export function hubs(model: NetworkResult): Finding[] {
  const found = peakAndLast(model);
  if (!found) return [];
  const { peak } = found;
  const layer = model.layers.find(({ name }) => name === peak.name)!;
  const { hub } = layer.groups.reduce((worst, group) =>
    group.hub.share > worst.hub.share ? group : worst
  );
  const known = layer.groups.flatMap((group) => group.hub.twonn_fit_without_top_1_percent ?? []);
  const without = known.length < layer.groups.length ? undefined : mean(known);
  const change = without === undefined ? 0 : Math.abs(without / peak.id - 1);
  const concern = hub.share >= STRONG_SHARE || change >= MUCH;
  return [{
    id: "hubs",
    concern,
    title: concern ? "A few images decide the peak" : "Hubs hardly matter at the peak",
    seen:
      `at "${peak.name}" ${hub.file} is the nearest neighbour of ${digits(100 * hub.share)} % of ` +
      `the images; without the strongest 1 % of such hubs the ID is ${
        without === undefined ? "not known" : digits(without)
      } in place of ${digits(peak.id)}.`,
    meaning: concern
      ? "smooth or empty images near the centre of all others; the height of the peak is theirs."
      : "the peak is a property of most images.",
    limit: "that the images are faulty: hubs come by themselves where the dimension is high.",
  }];
}
