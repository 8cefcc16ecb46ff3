/**
 * Which samples a polygon covers, row by row (non-zero winding).
 *
 * @module
 */
import { type Frame, placed } from "./frame.ts";
import type { Path, Point } from "./path.ts";

/** A box in picture coordinates. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Finds the samples inside of polygons; holds the buffers that all of them share. */
export class Spans {
  readonly #across: number;
  #points: Point[] = [];
  #box: Box = { left: 0, right: 0, top: 0, bottom: 0 };
  readonly #at: number[] = [];
  readonly #winding: number[] = [];

  /** @param across Samples a row, and rows. */
  constructor(across: number) {
    this.#across = across;
  }

  /** Takes the polygon that `each` is to walk through. */
  trace(path: Path, frame: Frame): { readonly box: Box } {
    this.#points = path.map((point) => placed(frame, point));
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const [x, y] of this.#points) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    this.#box = { left, right, top, bottom };
    return { box: this.#box };
  }

  /** Calls `visit(row, from, to)` for the samples from `from` to before `to` in each row. */
  each(visit: (row: number, from: number, to: number) => void): void {
    const across = this.#across;
    const first = Math.max(0, Math.ceil(this.#box.top * across - 0.5));
    const last = Math.min(across - 1, Math.floor(this.#box.bottom * across - 0.5));
    for (let row = first; row <= last; row++) {
      const count = this.#cross((row + 0.5) / across);
      let winding = 0;
      for (let k = 0; k + 1 < count; k++) {
        winding += this.#winding[k]!;
        if (winding === 0) continue;
        const from = Math.max(0, Math.ceil(this.#at[k]! * across - 0.5));
        const to = Math.min(across, Math.ceil(this.#at[k + 1]! * across - 0.5));
        if (from < to) visit(row, from, to);
      }
    }
  }

  /** Sorts the crossings of the polygon with a line; returns how many there are. */
  #cross(y: number): number {
    const points = this.#points, at = this.#at, winding = this.#winding;
    let count = 0;
    let px = points[points.length - 1]![0], py = points[points.length - 1]![1];
    for (let next = 0; next < points.length; next++) {
      const x = points[next]![0], below = points[next]![1];
      if (py <= y !== below <= y) {
        const crossing = px + (y - py) / (below - py) * (x - px);
        let k = count++;
        for (; k > 0 && at[k - 1]! > crossing; k--) {
          at[k] = at[k - 1]!;
          winding[k] = winding[k - 1]!;
        }
        at[k] = crossing;
        winding[k] = py <= y ? 1 : -1;
      }
      px = x;
      py = below;
    }
    return count;
  }
}
