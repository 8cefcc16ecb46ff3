/**
 * Projective maps of the plane, the one idea behind turning, tilting and shearing an image.
 *
 * @module
 */

/** 3 x 3, row after row: (x, y) goes to ((ax + by + c) / w, (dx + ey + f) / w), w = gx + hy + i. */
export type Homography = readonly [
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
  g: number,
  h: number,
  i: number,
];

/** A point, in pixels from the upper left corner of the image. */
export type Point = readonly [x: number, y: number];

/** Upper left, upper right, lower right, lower left. */
export type Quadrangle = readonly [Point, Point, Point, Point];

/** Where a point goes. */
export function mapped([a, b, c, d, e, f, g, h, i]: Homography, [x, y]: Point): Point {
  const w = g * x + h * y + i;
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
}

/** The map back, up to a factor that does not matter: the adjugate. */
export function inverse([a, b, c, d, e, f, g, h, i]: Homography): Homography {
  return [
    ...[e * i - f * h, c * h - b * i, b * f - c * e] as const,
    ...[f * g - d * i, a * i - c * g, c * d - a * f] as const,
    ...[d * h - e * g, b * g - a * h, a * e - b * d] as const,
  ];
}

/** Takes a rectangle of this size with its corner at the origin to a quadrangle (Heckbert 1989). */
export function fromRectangle(width: number, height: number, to: Quadrangle): Homography {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = to;
  const [sumX, sumY] = [x0 - x1 + x2 - x3, y0 - y1 + y2 - y3];
  const [dx1, dx2, dy1, dy2] = [x1 - x2, x3 - x2, y1 - y2, y3 - y2];
  const area = dx1 * dy2 - dx2 * dy1;
  const g = (sumX * dy2 - dx2 * sumY) / area;
  const h = (dx1 * sumY - sumX * dy1) / area;
  return [
    ...[(x1 - x0 + g * x1) / width, (x3 - x0 + h * x3) / height, x0] as const,
    ...[(y1 - y0 + g * y1) / width, (y3 - y0 + h * y3) / height, y0] as const,
    ...[g / width, h / height, 1] as const,
  ];
}
