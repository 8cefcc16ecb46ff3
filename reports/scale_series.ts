/**
 * Estimates against the number of points they are made from: block analysis, Gride, the paper.
 *
 * @module
 */
import curves from "../experiments/reference/paper_curves.json" with { type: "json" };
import type { GroupResult, LayerResult, NetworkResult } from "../harness/spec/mod.ts";
import { spreadOf } from "./over_groups.ts";

/** An estimate from so many points. */
export interface ScalePoint {
  readonly points: number;
  /** Mean over groups. */
  readonly id: number;
  /** Population standard deviation over groups; over blocks where there is but one group. */
  readonly std: number;
}

/** One layer. */
export interface ScaleSeries {
  readonly layer: string;
  readonly points: readonly ScalePoint[];
}

/** Sizes that make a series. */
const FEWEST_SIZES = 3;

/** Whether every group has been cut into blocks. */
export function hasBlocks({ layers }: NetworkResult): boolean {
  return layers.length > 0 &&
    layers.every(({ groups }) =>
      groups.length > 0 &&
      groups.every(({ estimates }) => estimates.block_analysis.length >= FEWEST_SIZES)
    );
}

/** TwoNN on random blocks, at each layer of a network that `hasBlocks`. */
export function blockSeries({ layers }: NetworkResult): ScaleSeries[] {
  return layers.map((layer) => ({
    layer: layer.name,
    points: layer.groups[0]!.estimates.block_analysis.flatMap(({ blocks, points }) =>
      overGroups(layer, points, ({ estimates }) => {
        const size = estimates.block_analysis.find((other) => other.blocks === blocks);
        return size && { id: size.mean, std: size.std_population };
      })
    ),
  }));
}

/**
 * Gride on all points: the n1-th neighbour of N points lies about where the first neighbour of N / n1
 * points does (Denti et al. 2022), so that an estimate stands at N / n1.
 */
export function grideSeries({ layers }: NetworkResult): ScaleSeries[] {
  return layers.map((layer) => ({
    layer: layer.name,
    points: layer.groups[0]!.estimates.gride.flatMap(({ n1 }) =>
      overGroups(layer, layer.groups[0]!.n / n1, ({ estimates }) => {
        const scale = estimates.gride.find((other) => other.n1 === n1);
        return scale && { id: scale.id, std: scale.err };
      })
    ),
  }));
}

/** Figure 2B of Ansuini et al. 2019: the last four layers of a VGG-16 on rendered objects. */
export function publishedScaleSeries(): ScaleSeries[] {
  const { n_points, ...layers } = curves.fig2B;
  return Object.entries(layers).map(([layer, { ID, std }]) => ({
    layer,
    points: n_points.map((points, at) => ({ points, id: ID[at]!, std: std[at]! })),
  }));
}

/** Nothing where a group lacks the estimate. */
function overGroups(
  { groups }: LayerResult,
  points: number,
  of: (group: GroupResult) => { id: number; std: number } | undefined,
): ScalePoint[] {
  const known = groups.map(of).filter((value) => value !== undefined);
  if (known.length < groups.length) return [];
  const { mean, std } = spreadOf(known.map(({ id }) => id));
  return [{ points, id: mean, std: known.length > 1 ? std : known[0]!.std }];
}
