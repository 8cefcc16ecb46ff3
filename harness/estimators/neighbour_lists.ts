/**
 * What every estimator works on: distances, and nearest neighbours sorted by them.
 *
 * @module
 */
import { Candidates } from "./candidates.ts";

/** The k nearest neighbours of each of n points, nearest first; the point itself is not listed. */
export interface NeighbourLists {
  readonly n: number;
  readonly k: number;
  /** n x k indices of points; ties by index. */
  readonly index: Int32Array;
  /** n x k Euclidean distances, ascending in each row. */
  readonly distance: Float64Array;
}

/** All pairwise Euclidean distances, squared; n x n. */
export interface DistanceMatrix {
  readonly n: number;
  readonly squared: Float64Array;
}

/** The k nearest neighbours among all points of a matrix. */
export function listsFromMatrix(matrix: DistanceMatrix, k: number): NeighbourLists {
  const everybody = Int32Array.from({ length: matrix.n }, (_, i) => i);
  return listsWithin(matrix, everybody, k);
}

/**
 * The k nearest neighbours within a subset.
 *
 * @param subset Indices of points, ascending; positions in it number the points of the result.
 */
export function listsWithin(
  { n: all, squared }: DistanceMatrix,
  subset: Int32Array,
  k: number,
): NeighbourLists {
  const n = subset.length;
  requireNeighbours(n, k);
  const nearest = new Candidates(n, k);
  for (let i = 0; i < n; i++) {
    const row = subset[i]! * all;
    for (let j = 0; j < n; j++) {
      if (i !== j) nearest.offer(i, j, squared[row + subset[j]!]!);
    }
  }
  const { lower, index } = nearest.sorted();
  return { n, k, index: index.slice(), distance: lower.map(Math.sqrt) };
}

/**
 * The k nearest neighbours within a subset, found by walking along the lists of all points.
 *
 * @param subset Indices of points, ascending; positions in it number the points of the result.
 * @throws {RangeError} When a list ends before k members of the subset were met.
 */
export function restrictLists(
  lists: NeighbourLists,
  subset: Int32Array,
  k: number,
): NeighbourLists {
  const n = subset.length;
  requireNeighbours(n, k);
  const position = new Int32Array(lists.n).fill(-1);
  subset.forEach((point, at) => position[point] = at);
  const index = new Int32Array(n * k);
  const distance = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    const row = subset[i]! * lists.k;
    let found = 0;
    for (let rank = 0; rank < lists.k && found < k; rank++) {
      const other = position[lists.index[row + rank]!]!;
      if (other < 0) continue;
      index[i * k + found] = other;
      distance[i * k + found] = lists.distance[row + rank]!;
      found++;
    }
    if (found < k) {
      throw new RangeError(
        `Cannot restrict neighbours: point ${subset[i]} has ${found} of its ${lists.k} listed ` +
          `neighbours in the subset, wanted ${k}`,
      );
    }
  }
  return { n, k, index, distance };
}

function requireNeighbours(n: number, k: number): void {
  if (n <= k) {
    throw new RangeError(`Cannot find ${k} neighbours: ${n} points, wanted at least ${k + 1}`);
  }
}
