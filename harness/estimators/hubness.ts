/**
 * Hubs: points that are the nearest neighbour of very many others (Radovanovic, Nanopoulos and
 * Ivanovic, JMLR 2010). At the peak of the hunchback a few smooth images decide the estimate, so every
 * profile says how much hangs on them.
 *
 * @module
 */
import { type NeighbourLists, restrictLists } from "./neighbour_lists.ts";
import { logRatios, twonnFit } from "./twonn.ts";

/** How the role of nearest neighbour is shared out. */
export interface Hubness {
  /** The point that is the nearest neighbour of most others; the first of equals. */
  readonly point: number;
  readonly nearest_neighbour_of: number;
  /** nearest_neighbour_of / n. */
  readonly share: number;
  /** Points that are anybody's nearest neighbour. */
  readonly distinct_nearest_neighbours: number;
  /** Skewness of the number of times that a point is nearest neighbour. */
  readonly skewness: number;
  /** TwoNN fit with that point removed. */
  readonly twonn_fit_without_it: number;
  /**
   * TwoNN fit with the ceil(n/100) strongest hubs removed; null when the lists are too short to name two
   * neighbours beyond them, which ceil(n/100) + 2 neighbours never are, or too few points are left.
   */
  readonly twonn_fit_without_top_1_percent: number | null;
}

/** Share of the points that the hub-resistant estimate removes. */
const REMOVED_SHARE = 0.01;

/**
 * Counts nearest neighbours and estimates again without the strongest hubs.
 *
 * @throws {RangeError} When too few points differ from each other, or the lists have fewer than three
 * neighbours.
 */
export function hubness(lists: NeighbourLists): Hubness {
  const { n, k, index } = lists;
  const occurrences = new Int32Array(n);
  for (let i = 0; i < n; i++) occurrences[index[i * k]!]!++;
  const strongest = Array.from(occurrences.keys())
    .sort((a, b) => occurrences[b]! - occurrences[a]! || a - b);
  const point = strongest[0]!;
  return {
    point,
    nearest_neighbour_of: occurrences[point]!,
    share: occurrences[point]! / n,
    distinct_nearest_neighbours: occurrences.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0),
    skewness: skewness(occurrences),
    twonn_fit_without_it: fitWithout(lists, new Set([point])),
    twonn_fit_without_top_1_percent: withoutStrongest(
      lists,
      strongest.slice(0, Math.ceil(REMOVED_SHARE * n)),
    ),
  };
}

function withoutStrongest(lists: NeighbourLists, strongest: readonly number[]): number | null {
  try {
    return fitWithout(lists, new Set(strongest));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function fitWithout(lists: NeighbourLists, removed: ReadonlySet<number>): number {
  const kept = Int32Array.from({ length: lists.n }, (_, i) => i).filter((i) => !removed.has(i));
  return twonnFit(logRatios(restrictLists(lists, kept, 2))).value;
}

/**
 * Third standardised moment; the mean count is 1, since everybody has one nearest neighbour. 0 when
 * all counts are equal.
 */
function skewness(counts: Int32Array): number {
  const n = counts.length;
  const moment = (power: number) =>
    counts.reduce((sum, count) => sum + (count - 1) ** power / n, 0);
  const variance = moment(2);
  return variance === 0 ? 0 : moment(3) / variance ** 1.5;
}
