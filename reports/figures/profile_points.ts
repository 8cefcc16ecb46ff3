/**
 * The points of a profile: this run's and the paper's.
 *
 * @module
 */
import type { NetworkResult } from "../../harness/spec/mod.ts";
import { repeatsDepth } from "../layer_order.ts";
import { idAt } from "../over_groups.ts";
import { type Point, point } from "./series_marks.ts";

/** Which depth a horizontal axis shows; `layer` is the position in the order of layers. */
export type DepthAxis = "depth" | "relativeDepth" | "layer";

/** Where the paper calls the estimates lower bounds: above about 20. */
export const LOWER_BOUND_ABOVE = 20;

/** Whether there is a spread over groups of images to show. */
export function hasSpread({ layers }: NetworkResult): boolean {
  return (layers[0]?.groups.length ?? 0) > 1;
}

/** Relative depth, or the order of layers where depths repeat. */
export function axisOf(network: NetworkResult): Exclude<DepthAxis, "depth"> {
  return repeatsDepth(network) ? "layer" : "relativeDepth";
}

/** Where a layer stands on an axis. */
export function placeOf({ layers }: NetworkResult, layer: number, axis: DepthAxis): number {
  return axis === "layer" ? layer : layers[layer]![axis];
}

/** Estimated ID at each layer with the bar of `idAt`. */
export function meanPoints(network: NetworkResult, axis: DepthAxis = "relativeDepth"): Point[] {
  return network.layers.flatMap((layer, at) => {
    const id = idAt(layer);
    return id ? [point(placeOf(network, at, axis), id.mean, id.std)] : [];
  });
}

/** The paper's curve ± its standard deviation, where published; by layer only where it has them all. */
export function paperPoints(
  { paper, layers }: NetworkResult,
  axis: DepthAxis = "relativeDepth",
): Point[] {
  if (!paper || (axis === "layer" && paper.id.length !== layers.length)) return [];
  return paper.id.map((id, at) =>
    point(axis === "layer" ? at : paper[axis][at]!, id, paper.std?.[at])
  );
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
