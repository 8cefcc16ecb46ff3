/**
 * Exact nearest neighbours of many points in many dimensions. Gram matrices in float32 on the device
 * find the few pairs that can matter, with an interval around each squared distance; the distances
 * that decide r1 and r2, and all that the Gram form cannot give to a relative 5e-5, are computed again
 * as float64 sums of squared differences. Costs n^2 d multiplications on the device and about 3 n d
 * elsewhere; n^2 d / 2 in float64 when that is little.
 *
 * @module
 */
import type { Device } from "../device/device.ts";
import { Candidates } from "./candidates.ts";
import { exactDistances } from "./exact_distances.ts";
import type { Features } from "./features.ts";
import { Gram, type GramTile, relativeRounding } from "./gram.ts";
import { type DistanceMatrix, listsFromMatrix, type NeighbourLists } from "./neighbour_lists.ts";
import { firstNonFinite, NonFiniteFeatureError } from "./non_finite.ts";
import { squaredDistances } from "./pair_distances.ts";

/** Below this many products the float64 sums are cheaper than a device. */
const EXACT_PRODUCTS = 5e8;

/** The most points for which the whole matrix is given; they make one tile. */
const MATRIX_POINTS = 2048;

/** Points of one side of a tile when there are more: products that stay in the cache. */
const TILE = 1024;

/** Relative error that a distance may keep when it decides neither r1 nor r2. */
const DISTANCE_TOLERANCE = 5e-5;

/** Pairs whose exact distances are held at once. */
const PAIRS_AT_ONCE = 2 ** 20;

/** Nearest neighbours, and the whole distance matrix when the points are few enough. */
export interface Neighbours {
  readonly lists: NeighbourLists;
  /** Present for at most 2048 points. */
  readonly matrix: DistanceMatrix | undefined;
}

/** How a long search is watched and stopped. */
export interface SearchWatch {
  readonly signal?: AbortSignal;
  /** Called with the share of the pairs that were compared. */
  readonly onShare?: (share: number) => void;
}

/**
 * Finds the k nearest neighbours of each point.
 *
 * @throws {NonFiniteFeatureError} When a feature is NaN or infinite.
 */
export async function findNeighbours(
  device: Device,
  features: Features,
  k: number,
  { signal, onShare }: SearchWatch = {},
): Promise<Neighbours> {
  const n = features.points;
  const kept = Math.min(k, n - 1);
  if (n * n * features.features <= EXACT_PRODUCTS && n <= MATRIX_POINTS) {
    const found = findExactly(features, kept);
    onShare?.(1);
    return found;
  }
  const search = new Search(features, kept);
  await using gram = await Gram.open(device, features);
  const side = n <= MATRIX_POINTS ? n : TILE;
  let compared = 0;
  for (let a = 0; a < n; a += side) {
    for (let b = a; b < n; b += side) {
      signal?.throwIfAborted();
      const tile = await gram.tile([a, Math.min(n, a + side)], [b, Math.min(n, b + side)]);
      search.offer(tile);
      compared += tile.rowNorms.length * tile.columnNorms.length * (a === b ? 1 : 2);
      onShare?.(compared / n ** 2);
    }
  }
  return search.refine(signal);
}

function findExactly(features: Features, k: number): Neighbours {
  const { points: n, features: d } = features;
  const rows = new Float32Array(n * d);
  for (let slab = 0; slab < features.slabs; slab++) {
    const width = features.width(slab);
    const part = features.read(slab, 0, n);
    for (let row = 0; row < n; row++) {
      rows.set(part.subarray(row * width, (row + 1) * width), row * d + slab * features.slabWidth);
    }
  }
  const matrix = exactDistances(rows, n, d);
  if (matrix.squared.some((value) => !Number.isFinite(value))) throw nonFinite(features);
  return { lists: listsFromMatrix(matrix, k), matrix };
}

function nonFinite(features: Features): Error {
  const place = firstNonFinite(features);
  return place
    ? new NonFiniteFeatureError(place.point, place.feature, place.value)
    : new RangeError(
      "Cannot measure distances: squared norms exceed the range of float32",
    );
}

type SortedCandidates = ReturnType<Candidates["sorted"]>;

/** Pairs of points, by the first and the second of each. */
interface Pairs {
  readonly left: number[];
  readonly right: number[];
}

/** The state of one search: candidates while the tiles come in, then the refined lists. */
class Search {
  readonly #features: Features;
  readonly #k: number;
  readonly #candidates: Candidates;
  readonly #norms: Float64Array;
  readonly #squared: Float64Array | undefined;
  readonly #rounding: number;

  constructor(features: Features, k: number) {
    const n = features.points;
    this.#features = features;
    this.#k = k;
    this.#candidates = new Candidates(n, Math.min(n - 1, k + Math.max(6, Math.ceil(k / 4))));
    this.#norms = new Float64Array(n);
    this.#squared = n <= MATRIX_POINTS ? new Float64Array(n * n) : undefined;
    this.#rounding = relativeRounding(features.slabWidth);
  }

  /** Takes the pairs of a tile in. */
  offer({ rows: [a0, a1], columns: [b0, b1], products, rowNorms, columnNorms }: GramTile): void {
    this.#norms.set(rowNorms, a0);
    this.#norms.set(columnNorms, b0);
    if (!rowNorms.every(Number.isFinite) || !columnNorms.every(Number.isFinite)) {
      throw nonFinite(this.#features);
    }
    const width = b1 - b0;
    const shrink = (norm: number) => (1 - this.#rounding) * norm;
    const columns = columnNorms.map(shrink);
    for (let i = 0; i < a1 - a0; i++) {
      const first = a0 === b0 ? i + 1 : 0;
      const row = products.subarray(i * width, (i + 1) * width);
      offerRow(this.#candidates, a0 + i, shrink(rowNorms[i]!), row, b0, columns, first);
    }
    if (this.#squared) fillMatrix(this.#squared, products, this.#norms);
  }

  /** Computes again what must be exact and sorts the lists. */
  refine(signal: AbortSignal | undefined): Neighbours {
    const n = this.#features.points;
    const k = this.#k;
    const candidates = this.#candidates.sorted();
    const index = new Int32Array(n * k);
    const lists = { n, k, index, distance: new Float64Array(n * k) };
    let pairs: Pairs = { left: [], right: [] };
    let first = 0;
    for (let i = 0; i < n; i++) {
      this.#addPairs(i, candidates, pairs);
      if (pairs.left.length < PAIRS_AT_ONCE && i < n - 1) continue;
      signal?.throwIfAborted();
      const exact = squaredDistances(this.#features, pairs.left, pairs.right);
      this.#writeLists(lists, [first, i + 1], candidates, { ...pairs, exact });
      this.#writeMatrix(pairs, exact);
      pairs = { left: [], right: [] };
      first = i + 1;
    }
    return { lists, matrix: this.#squared && { n, squared: this.#squared } };
  }

  /**
   * The pairs of a point that must be exact: possible first and second neighbours, and loose intervals;
   * or all pairs, when the candidates do not settle which are the nearest.
   */
  #addPairs(i: number, { lower, index }: SortedCandidates, { left, right }: Pairs): void {
    const { points: n, size, worst } = this.#candidates;
    const row = i * size;
    const upper = Float64Array.from(
      { length: size },
      (_, c) => lower[row + c]! + 2 * this.#slack(i, index[row + c]!),
    );
    const sorted = upper.toSorted();
    if (size < n - 1 && worst[i]! <= sorted[this.#k - 1]!) {
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        left.push(i);
        right.push(j);
      }
      return;
    }
    const second = sorted[Math.min(1, size - 1)]!;
    for (let c = 0; c < size; c++) {
      const loose = upper[c]! - lower[row + c]! > 4 * DISTANCE_TOLERANCE * lower[row + c]!;
      if (lower[row + c]! <= second || loose) {
        left.push(i);
        right.push(index[row + c]!);
      }
    }
  }

  /** Half of the width of the interval that holds a squared distance. */
  #slack(i: number, j: number): number {
    return this.#rounding * (this.#norms[i]! + this.#norms[j]!);
  }

  /** Lists of some points: the exact distance where there is one, else the middle of the interval. */
  #writeLists(
    lists: NeighbourLists,
    [first, last]: readonly [number, number],
    { lower, index }: SortedCandidates,
    { left, right, exact }: Pairs & { readonly exact: Float64Array },
  ): void {
    const { points: n, size } = this.#candidates;
    let next = 0;
    for (let i = first; i < last; i++) {
      const others: [number, number][] = [];
      const start = next;
      for (; left[next] === i; next++) others.push([exact[next]!, right[next]!]);
      if (others.length < n - 1) {
        let known = start;
        for (let c = 0; c < size; c++) {
          const j = index[i * size + c]!;
          if (known < next && right[known] === j) known++;
          else others.push([lower[i * size + c]! + this.#slack(i, j), j]);
        }
      }
      this.#write(lists, i, others);
    }
  }

  #write(lists: NeighbourLists, i: number, others: [number, number][]): void {
    others.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    for (let rank = 0; rank < lists.k; rank++) {
      lists.index[i * lists.k + rank] = others[rank]![1];
      lists.distance[i * lists.k + rank] = Math.sqrt(others[rank]![0]);
    }
  }

  #writeMatrix({ left, right }: Pairs, exact: Float64Array): void {
    const squared = this.#squared;
    if (!squared) return;
    const n = this.#features.points;
    for (let pair = 0; pair < left.length; pair++) {
      squared[left[pair]! * n + right[pair]!] = exact[pair]!;
      squared[right[pair]! * n + left[pair]!] = exact[pair]!;
    }
  }
}

/** Offers the pairs of one point with the columns of a tile; the innermost loop of the search. */
function offerRow(
  candidates: Candidates,
  point: number,
  norm: number,
  products: Float32Array | Float64Array,
  firstColumn: number,
  columnNorms: Float64Array,
  from: number,
): void {
  const { worst } = candidates;
  let pointWorst = worst[point]!;
  for (let j = from; j < products.length; j++) {
    const lower = norm + columnNorms[j]! - 2 * products[j]!;
    if (lower < worst[firstColumn + j]!) candidates.offer(firstColumn + j, point, lower);
    if (lower < pointWorst) {
      candidates.offer(point, firstColumn + j, lower);
      pointWorst = worst[point]!;
    }
  }
}

function fillMatrix(
  squared: Float64Array,
  products: Float32Array | Float64Array,
  norms: Float64Array,
): void {
  const n = norms.length;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const value = Math.max(0, norms[i]! + norms[j]! - 2 * products[i * n + j]!);
      squared[i * n + j] = value;
      squared[j * n + i] = value;
    }
  }
}
