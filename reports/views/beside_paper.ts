/**
 * How far estimates are from the paper's, layer by layer.
 *
 * @module
 */
import type { NetworkResult } from "../../harness/spec/mod.ts";
import { placeInPaper } from "../layer_order.ts";
import { overGroups, twonnFit } from "../over_groups.ts";
import { NONE, percent } from "./format.ts";

/** Differences beyond this share of the paper's value stand out. */
const STRIKING = 0.15;

/** One layer: the difference in percent of the paper's value. */
interface Difference {
  readonly text: string;
  readonly striking: boolean;
}

/**
 * One row a network that the paper shows with the same layers, means over groups of images; null where
 * there is none.
 */
export function besidePaper(networks: readonly NetworkResult[]) {
  const rows = networks.flatMap((network) => {
    const cells = network.layers.map((layer, at): Difference => {
      const mean = overGroups(layer, twonnFit)?.mean;
      const published = network.paper?.id[placeInPaper(network, at)];
      if (mean === undefined || published === undefined) return { text: NONE, striking: false };
      const share = mean / published - 1;
      return { text: signedPercent(share), striking: Math.abs(share) > STRIKING };
    });
    return cells.every(({ text }) => text === NONE) ? [] : [{ title: network.title, cells }];
  });
  return rows.length > 0 ? { rows, beyond: percent(STRIKING) } : null;
}

function signedPercent(share: number): string {
  const value = Math.abs(100 * share).toFixed(0);
  if (value === "0") return "0 %";
  return `${share < 0 ? "−" : "+"}${value} %`;
}
