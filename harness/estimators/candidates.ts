/**
 * For each point, the few others that may be its nearest neighbours, judged by intervals that hold
 * the true squared distance.
 *
 * @module
 */

/**
 * A running list, for each of n points, of the m pairs with the smallest lower bound on the squared
 * distance, ascending.
 */
export class Candidates {
  readonly points: number;
  readonly size: number;
  /** n x m lower bounds, ascending in each row; infinite where fewer were offered. */
  readonly lower: Float64Array;
  /** n x m indices of the other point. */
  readonly index: Int32Array;
  /** The largest lower bound kept for each point: what a new pair must beat. */
  readonly worst: Float64Array;

  constructor(points: number, size: number) {
    this.points = points;
    this.size = size;
    this.lower = new Float64Array(points * size).fill(Infinity);
    this.index = new Int32Array(points * size).fill(-1);
    this.worst = new Float64Array(points).fill(Infinity);
  }

  /** Keeps the pair (point, other) unless m better ones are known. */
  offer(point: number, other: number, lower: number): void {
    if (!(lower < this.worst[point]!)) return;
    const first = point * this.size;
    let at = first + this.size - 1;
    while (at > first && this.lower[at - 1]! > lower) {
      this.lower[at] = this.lower[at - 1]!;
      this.index[at] = this.index[at - 1]!;
      at--;
    }
    this.lower[at] = lower;
    this.index[at] = other;
    this.worst[point] = this.lower[first + this.size - 1]!;
  }
}
