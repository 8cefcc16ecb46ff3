/**
 * Gride: the dimension at growing scale from ratios of distances to neighbours of rank n1 and n2 = 2 n1
 * (Denti, Doimo, Laio and Mira, Scientific Reports 12:20005, 2022).
 *
 * @module
 */
import type { NeighbourLists } from "./neighbour_lists.ts";
import { fisherError, likeliestDimension, type OrderRatio } from "./order_ratios.ts";
import { quantile } from "../stats/mod.ts";

/** The estimate at one scale. */
export interface GrideEstimate {
  readonly n1: number;
  readonly n2: number;
  /** Estimated dimension, between 0.001 and 1000. */
  readonly id: number;
  /** Standard error from the Fisher information. */
  readonly err: number;
  /** Mean of the two distances over the points: the scale. */
  readonly mean_r: number;
}

/** Ratios that an estimate needs at the least. */
const FEWEST_RATIOS = 3;

/** Distance over which a ratio counts as an outlier, in units of q95 - median. */
const OUTLIER = 20;

/**
 * Estimates for n1 = 1, 2, 4, ... while 2 n1 neighbours are listed, at most up to rank `largest`. As in
 * DADApy a ratio of 1 is raised by ten machine epsilons and ratios from median + 20 (q95 - median) on
 * are dropped; so are points whose n1-th neighbour is identical. A scale is left out when fewer than
 * three ratios remain or the likelihood equation has no root between the bounds.
 */
export function gride(lists: NeighbourLists, largest = 64): GrideEstimate[] {
  const estimates: GrideEstimate[] = [];
  for (let n1 = 1; 2 * n1 <= Math.min(lists.k, largest); n1 *= 2) {
    const estimate = grideAt(lists, n1);
    if (estimate) estimates.push(estimate);
  }
  return estimates;
}

function grideAt({ n, k, distance }: NeighbourLists, n1: number): GrideEstimate | undefined {
  const n2 = 2 * n1;
  const ratios: number[] = [];
  let scale = 0;
  for (let i = 0; i < n; i++) {
    const r1 = distance[i * k + n1 - 1]!;
    const r2 = distance[i * k + n2 - 1]!;
    scale += (r1 + r2) / 2 / n;
    if (r1 > 0) ratios.push(r2 === r1 ? 1 + 10 * Number.EPSILON : r2 / r1);
  }
  if (ratios.length < FEWEST_RATIOS) return undefined;
  const median = quantile(ratios, 0.5);
  const limit = median + OUTLIER * (quantile(ratios, 0.95) - median);
  const kept: OrderRatio[] = ratios.filter((ratio) => ratio < limit)
    .map((ratio) => ({ log: Math.log(ratio), n1, n2 }));
  if (kept.length < FEWEST_RATIOS) return undefined;
  const id = likeliestDimension(kept, kept.length - 1);
  if (id === undefined) return undefined;
  return { n1, n2, id, err: fisherError(kept, id), mean_r: scale };
}
