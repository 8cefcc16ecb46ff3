/**
 * A network's profile as plain curves, one a group of images, and where they peak.
 *
 * @module
 */
import { mean } from "../stats/mod.ts";
import type { GroupResult, NetworkResult } from "../spec/mod.ts";

/** Estimated ID of each group at each layer: `curves[group][layer]`. */
export type Curves = readonly (readonly number[])[];

/** Which estimate of a layer a curve shows; NaN where it could not be made. */
export type EstimateOf = (group: GroupResult) => number;

/** The paper's estimator on all points. */
export const twonnFit: EstimateOf = (group) => group.estimates.twonn_fit.value;

/** The same without the one percent of the points that are nearest neighbours of most others. */
export const withoutHubs: EstimateOf = (group) => group.hub.twonn_fit_without_top_1_percent ?? NaN;

/** The curves of a network, one for each group. */
export function curvesOf(network: NetworkResult, estimate: EstimateOf = twonnFit): Curves {
  const groups = network.layers[0]?.groups.length ?? 0;
  return Array.from(
    { length: groups },
    (_, g) => network.layers.map((layer) => estimate(layer.groups[g]!)),
  );
}

/** Mean over groups at each layer. */
export function meanCurve(curves: Curves): number[] {
  return curves[0]?.map((_, layer) => mean(curves.map((curve) => curve[layer]!))) ?? [];
}

/** Position of the largest value. */
export function indexOfMaximum(values: readonly number[]): number {
  return values.reduce((best, value, at) => value > values[best]! ? at : best, 0);
}

/** Layers between the input and the output. */
export function innerLayers(network: NetworkResult): number[] {
  const last = network.layers.length - 1;
  return network.layers.map((_, at) => at).filter((at) => at > 0 && at < last);
}

/**
 * The last layer before the output: what the paper calls the last hidden layer. Undefined for a network
 * whose file ends more than one layer before the output of the complete network.
 */
export function lastHidden(
  network: { readonly fullDepth: number; readonly layers: readonly { readonly depth: number }[] },
): number | undefined {
  const last = network.layers.length - 1;
  const lacking = network.fullDepth - network.layers[last]!.depth;
  return lacking === 0 ? last - 1 : lacking === 1 ? last : undefined;
}

/**
 * Peak over the value at another layer for each group, the peak's layer chosen by the mean of the *other* groups, so that
 * no group both chooses the layer and is measured there: the maximum of noisy values is biased upwards.
 *
 * @returns One ratio a group.
 */
export function peakOver(
  curves: Curves,
  candidates: readonly number[],
  layer: number,
): number[] {
  return curves.map((curve, g) => {
    const others = meanCurve(curves.filter((_, other) => other !== g));
    const peak = candidates[indexOfMaximum(candidates.map((at) => others[at]!))]!;
    return curve[peak]! / curve[layer]!;
  });
}
