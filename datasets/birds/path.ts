/**
 * Outlines of shapes as polygons.
 *
 * @module
 */

/** A place: x to the right, y down. */
export type Point = readonly [number, number];

/** A closed polygon. */
export type Path = readonly Point[];

/** An ellipse, turned by `angle` radians. */
export function ellipse(x: number, y: number, rx: number, ry: number, angle = 0): Path {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return Array.from({ length: 28 }, (_, at) => {
    const turn = 2 * Math.PI * at / 28;
    const [u, v] = [rx * Math.cos(turn), ry * Math.sin(turn)];
    return [x + c * u - s * v, y + s * u + c * v] as const;
  });
}

/** A smooth closed curve through the points (Catmull and Rom). */
export function closedCurve(points: readonly Point[], steps = 5): Path {
  const count = points.length;
  return points.flatMap((_, at) => {
    const [a, b, c, d] = [-1, 0, 1, 2].map((k) => points[(at + k + count) % count]!);
    return Array.from({ length: steps }, (_, i) => between(a!, b!, c!, d!, i / steps));
  });
}

/** A smooth open curve through the points. */
export function openCurve(points: readonly Point[], steps = 6): Point[] {
  const at = (index: number) => points[Math.max(0, Math.min(points.length - 1, index))]!;
  const curve = points.slice(1).flatMap((_, k) =>
    Array.from(
      { length: steps },
      (_, i) => between(at(k - 1), at(k), at(k + 1), at(k + 2), i / steps),
    )
  );
  return [...curve, at(points.length - 1)];
}

/** A band along an open curve; `widths` are spread evenly over it, from its first point on. */
export function ribbon(points: readonly Point[], widths: readonly number[]): Path {
  const curve = openCurve(points);
  const last = curve.length - 1;
  const [left, right]: [Point[], Point[]] = [[], []];
  curve.forEach(([x, y], at) => {
    const [px, py] = curve[Math.max(0, at - 1)]!;
    const [nx, ny] = curve[Math.min(last, at + 1)]!;
    const length = Math.hypot(nx - px, ny - py) || 1;
    const place = at / last * (widths.length - 1);
    const from = Math.min(widths.length - 2, Math.floor(place));
    const half = (widths[from]! + (place - from) * (widths[from + 1]! - widths[from]!)) / 2;
    const [ox, oy] = [-(ny - py) / length * half, (nx - px) / length * half];
    left.push([x + ox, y + oy]);
    right.push([x - ox, y - oy]);
  });
  return [...left, ...right.reverse()];
}

function between(a: Point, b: Point, c: Point, d: Point, t: number): Point {
  const along = (k: 0 | 1) =>
    b[k] + t / 2 * (c[k] - a[k] + t * (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k] +
            t * (3 * (b[k] - c[k]) + d[k] - a[k])));
  return [along(0), along(1)];
}
