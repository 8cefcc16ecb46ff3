/**
 * For each point, the few others that may be its nearest neighbours, judged by intervals that hold
 * the true squared distance.
 *
 * @module
 */
import { type Pairs, selectPairs, sortPairs } from "./pair_order.ts";

/**
 * For each of n points, the m pairs with the smallest lower bound on the squared distance. New pairs are
 * put behind the m; when the room there is full, the m smallest are selected anew. To keep the m sorted
 * at every pair took two thirds of a search with long lists.
 */
export class Candidates {
  readonly points: number;
  readonly size: number;
  /** What a new pair must beat: the m-th smallest bound when it was last looked for. */
  readonly worst: Float64Array;
  readonly #room: number;
  readonly #pairs: Pairs;
  /** Pairs held of each point. */
  readonly #held: Int32Array;

  constructor(points: number, size: number) {
    this.points = points;
    this.size = size;
    this.worst = new Float64Array(points).fill(Infinity);
    this.#room = roomFor(size);
    this.#pairs = {
      bounds: new Float64Array(points * this.#room),
      index: new Int32Array(points * this.#room),
    };
    this.#held = new Int32Array(points);
  }

  /** Keeps the pair (point, other) unless m better ones are known; not to be called after `sorted`. */
  offer(point: number, other: number, lower: number): void {
    if (!(lower < this.worst[point]!)) return;
    const first = point * this.#room;
    const at = first + this.#held[point]!++;
    this.#pairs.bounds[at] = lower;
    this.#pairs.index[at] = other;
    if (at - first + 1 === this.#room) this.#select(point);
  }

  #select(point: number): void {
    const first = point * this.#room;
    selectPairs(this.#pairs, first, first + this.#held[point]!, this.size);
    this.#held[point] = this.size;
    this.worst[point] = this.#pairs.bounds[first + this.size - 1]!;
  }

  /**
   * What is left in the end.
   *
   * @returns `lower`: n x m bounds, ascending in each row, equal ones by index, infinite where fewer were
   * offered; `index`: n x m indices of the other point, -1 there.
   */
  sorted(): { readonly lower: Float64Array; readonly index: Int32Array } {
    const { points, size } = this;
    const { bounds, index } = this.#pairs;
    for (let point = 0; point < points; point++) {
      if (this.#held[point]! > size) this.#select(point);
      const [first, held] = [point * this.#room, this.#held[point]!];
      sortPairs(this.#pairs, first, first + held);
      if (held === size) this.worst[point] = bounds[first + size - 1]!;
      // Rows move to the front one after the other: no memory but what is there.
      bounds.copyWithin(point * size, first, first + held);
      index.copyWithin(point * size, first, first + held);
      bounds.fill(Infinity, point * size + held, (point + 1) * size);
      index.fill(-1, point * size + held, (point + 1) * size);
    }
    return { lower: bounds.subarray(0, points * size), index: index.subarray(0, points * size) };
  }
}

/** Places for each point: twice as many, so that selections are rare, and at least sixteen more. */
export function roomFor(size: number): number {
  return size + Math.max(16, size);
}
