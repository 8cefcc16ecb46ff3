/**
 * The points of a profile against relative depth: this run's and the paper's.
 *
 * @module
 */
import type { NetworkResult } from "../../harness/spec/mod.ts";
import { idAt } from "../over_groups.ts";
import { type Point, point } from "./series_marks.ts";

/** Which depth a horizontal axis shows. */
export type DepthAxis = "depth" | "relativeDepth";

/** Where the paper calls the estimates lower bounds: above about 20. */
export const LOWER_BOUND_ABOVE = 20;

/** Whether there is a spread over groups of images to show. */
export function hasSpread({ layers }: NetworkResult): boolean {
  return (layers[0]?.groups.length ?? 0) > 1;
}

/** Estimated ID at each layer with the bar of `idAt`. */
export function meanPoints(network: NetworkResult, axis: DepthAxis = "relativeDepth"): Point[] {
  return network.layers.flatMap((layer) => {
    const id = idAt(layer);
    return id ? [point(layer[axis], id.mean, id.std)] : [];
  });
}

/** The paper's curve ± its standard deviation over classes, where published. */
export function paperPoints({ paper }: NetworkResult): Point[] {
  return paper?.id.map((id, at) => point(paper.relativeDepth[at]!, id, paper.std?.[at])) ?? [];
}

/** The highest value that the profiles of these networks show: panels side by side share a scale. */
export function profileTop(networks: readonly NetworkResult[]): number {
  return Math.max(
    LOWER_BOUND_ABOVE,
    ...networks.flatMap((network) => [
      ...[...meanPoints(network), ...paperPoints(network)].map(({ high }) => high),
      ...network.layers.flatMap(({ groups }) =>
        groups.map(({ estimates }) => estimates.twonn_fit.value)
      ),
    ]),
  );
}
