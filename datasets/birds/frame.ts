/**
 * Affine frames: from the coordinates a shape is described in to those of the picture.
 *
 * @module
 */
import type { Point } from "./path.ts";

/** The map (x, y) -> (a x + c y + e, b x + d y + f). */
export interface Frame {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** The picture's own frame: (0, 0) is its upper left corner, (1, 1) its lower right one. */
export const PICTURE: Frame = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };

/** First `inner`, then `outer`. */
export function composed(outer: Frame, inner: Frame): Frame {
  const [e, f] = placed(outer, [inner.e, inner.f]);
  return {
    a: outer.a * inner.a + outer.c * inner.b,
    b: outer.b * inner.a + outer.d * inner.b,
    c: outer.a * inner.c + outer.c * inner.d,
    d: outer.b * inner.c + outer.d * inner.d,
    e,
    f,
  };
}

/** Where a frame puts a point. */
export function placed({ a, b, c, d, e, f }: Frame, [x, y]: Point): Point {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** Turns by `angle` radians, clockwise as seen, about a point. */
export function turned(angle: number, [x, y]: Point): Frame {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return { a: c, b: s, c: -s, d: c, e: x - c * x + s * y, f: y - s * x - c * y };
}

/** Stretches, mirrors where a factor is negative, then moves the origin to a point. */
export function scaled(x: number, y: number, [e, f]: Point): Frame {
  return { a: x, b: 0, c: 0, d: y, e, f };
}

/** The way back. */
export function inverse({ a, b, c, d, e, f }: Frame): Frame {
  const det = a * d - b * c;
  return {
    a: d / det,
    b: -b / det,
    c: -c / det,
    d: a / det,
    e: (c * f - d * e) / det,
    f: (b * e - a * f) / det,
  };
}
