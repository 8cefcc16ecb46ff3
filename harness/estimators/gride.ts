/**
 * Gride: the dimension at growing scale from ratios of distances to neighbours of rank n1 and n2 = 2 n1
 * (Denti, Doimo, Laio and Mira, Scientific Reports 12:20005, 2022).
 *
 * @module
 */
import type { NeighbourLists } from "./neighbour_lists.ts";
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

/** Bounds of the dimension and precision of the bisection. */
const LOWEST = 1e-3;
const HIGHEST = 1e3;
const PRECISION = 1e-10;

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
  const logs = ratios.filter((ratio) => ratio < limit).map(Math.log);
  if (logs.length < FEWEST_RATIOS) return undefined;
  const id = solve(logs, n1, n2);
  if (id === undefined) return undefined;
  return { n1, n2, id, err: fisherError(logs, n1, n2, id), mean_r: scale };
}

/** The root of the likelihood equation, by bisection; none when the score keeps its sign. */
function solve(logs: readonly number[], n1: number, n2: number): number | undefined {
  const score = (d: number) => {
    const total = logs.reduce(
      (sum, log) => sum + ((1 - n2 + n1) / -Math.expm1(-d * log) + n2 - 1) * log,
      0,
    );
    return (logs.length - 1) / d - total;
  };
  let low = LOWEST;
  let high = HIGHEST;
  if (!(score(low) > 0 && score(high) < 0)) return undefined;
  while (high - low > PRECISION) {
    const middle = (low + high) / 2;
    if (score(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function fisherError(logs: readonly number[], n1: number, n2: number, d: number): number {
  const curvature = logs.reduce((sum, log) => {
    const missing = -Math.expm1(-d * log);
    return sum + (n2 - n1 - 1) * (log / missing) ** 2 * (1 - missing);
  }, 0);
  return 1 / Math.sqrt(logs.length / d ** 2 + curvature);
}
